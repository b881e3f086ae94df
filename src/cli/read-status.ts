import { toShownPath } from '../internal/index.js';
import { summarizeLedger } from '../store/index.js';
import type { CommandContext } from './command.js';
import { toShownHost } from './shown-host.js';

/** As `status --json` prints it: no member is ever missing, and null stands for what there is not. */
export type StatusReport = ReturnType<typeof readStatus>;

/** Looks at everything that speaks about consent, and at what is kept. Makes nothing. */
export function readStatus({ consent, isCodeKnown }: Pick<CommandContext, 'consent' | 'isCodeKnown'>) {
  const { settings, watch, file, directory } = consent;
  const { mode, why, switches } = watch.refresh();
  const isHostKnown = isCodeKnown || settings.origins['posthog.host'] !== 'default';
  const { consentTimestamp, optOutTimestamp, installId } = file.record();
  const { files, bytes, recorded, sent, lastSentAt } = summarizeLedger(directory);
  return {
    app: settings.app,
    mode,
    why,
    switches,
    // Without the app's code a default is no knowledge.
    host: mode === 'on' && isHostKnown ? toShownHost(settings.posthog.host) : null,
    recorded,
    sent,
    lastSentAt: lastSentAt ?? null,
    files,
    bytes,
    agreedAt: consentTimestamp ?? null,
    refusedAt: optOutTimestamp ?? null,
    installId: installId ?? null,
    stateDirectory: shownPathOf(directory),
    consentFile: shownPathOf(file.path),
    warnings: settings.warnings,
  };
}

const shownPathOf = (path: string | undefined) => (path === undefined ? null : toShownPath(path));
