import { toShownPath } from '../internal/index.js';
import { createDeliveryState, listWaiting, readWaiting, summarizeLedger } from '../store/index.js';
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
    ...readWait(directory),
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

/** What of the ledger still waits to be sent, also while its own program runs, and until when nothing is tried. */
function readWait(directory: string | undefined): { waiting: number; notBefore: string | null } {
  if (directory === undefined) return { waiting: 0, notBefore: null };
  const counts = listWaiting(directory, () => false).map(
    ({ fileName }) => readWaiting(directory, fileName)?.events.length ?? 0,
  );
  const { notBeforeMs } = createDeliveryState(directory).read();
  return {
    waiting: counts.reduce((sum, count) => sum + count, 0),
    notBefore: notBeforeMs > Date.now() ? new Date(notBeforeMs).toISOString() : null,
  };
}

const shownPathOf = (path: string | undefined) => (path === undefined ? null : toShownPath(path));
