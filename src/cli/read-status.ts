import { hostOf } from '../client/index.js';
import { toShownPath } from '../internal/index.js';
import {
  NO_TROUBLE,
  peekWaiting,
  readDelivery,
  readWaiting,
  summarizeLedger,
  toRestMs,
} from '../store/index.js';
import type { CommandContext } from './command.js';
import { toShownHost } from './shown-host.js';

/** As `status --json` prints it: no member is ever missing, and null stands for what there is not. */
export type StatusReport = ReturnType<typeof readStatus>;

/** Looks at everything that speaks about consent, and at what is kept. Makes nothing. */
export function readStatus({
  consent,
  isCodeKnown,
  areEventsKnown,
}: Pick<CommandContext, 'consent' | 'isCodeKnown' | 'areEventsKnown'>) {
  const { settings, watch, file, directory } = consent;
  const { mode, why, switches } = watch.refresh();
  const isHostKnown =
    isCodeKnown ||
    settings.origins[settings.otlp.endpoint === undefined ? 'posthog.host' : 'otlp.endpoint'] !== 'default';
  const { consentTimestamp, optOutTimestamp, installId } = file.record();
  const { files, bytes, recorded, sent, lastSentAt } = summarizeLedger(directory);
  return {
    app: settings.app,
    mode,
    why,
    switches,
    // What the app collects, and who receives it, is known to its code.
    heldBack: isCodeKnown && areEventsKnown ? consent.coverage.heldPaths() : [],
    // Without the app's code a default is no knowledge.
    host: mode === 'on' && isHostKnown ? toShownHost(hostOf(settings)) : null,
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

/**
 * What of the ledger still waits to be sent, also while its own program runs; until when none of it is tried; and what was lost
 * while no program was there to tell.
 */
function readWait(directory: string | undefined) {
  if (directory === undefined) return { waiting: 0, notBefore: null, dropped: {} };
  const { hosts, dropped } = readDelivery(directory);
  const nowMs = Date.now();
  const waits = peekWaiting(directory).flatMap(({ fileName, note }) => {
    const count = readWaiting(directory, fileName)?.events.length ?? 0;
    return count > 0 ? [{ count, restMs: toRestMs(hosts.get(note.host) ?? NO_TROUBLE, nowMs) }] : [];
  });
  const restMs = waits.length > 0 ? Math.min(...waits.map((wait) => wait.restMs)) : 0;
  return {
    waiting: waits.reduce((sum, { count }) => sum + count, 0),
    notBefore: restMs > 0 ? new Date(nowMs + restMs).toISOString() : null,
    dropped,
  };
}

const shownPathOf = (path: string | undefined) => (path === undefined ? null : toShownPath(path));
