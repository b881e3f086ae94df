import { randomId } from '../../internal/index.js';
import type { Environment } from '../../settings/index.js';
import { createDeliveryState, listWaiting, type SpoolNote, takeLease } from '../../store/index.js';
import { connectPostHog } from '../posthog/connection.js';
import { createRest, type Rest } from '../rest.js';
import { createAsk } from './ask-consent.js';
import { type Recipient, sendBacklog } from './send-backlog.js';

export interface BacklogRun {
  /** The state directory. */
  readonly directory: string;
  /** Of this process: its opt-outs and its proxy. */
  readonly environment: Environment;
  readonly hasProxy: boolean;
  /** Of a reservation that was made for this process. */
  readonly token?: string | undefined;
  /** Ends it; the request under way is given up. */
  readonly signal: AbortSignal;
}

/**
 * Send what waits in a state directory, unless another process is about it. Never rejects.
 *
 * @remarks Looks once more when the lease is given up: what ended meanwhile has started nobody, for somebody was there.
 */
export async function runBacklog(run: BacklogRun): Promise<void> {
  const { directory, signal } = run;
  const now = Date.now;
  const state = createDeliveryState(directory);
  const rest = createRest({ now, random: Math.random, ...state });
  const tried = new Set<string>();
  const countTorn = (count: number) => {
    const kept = state.read();
    const torn = (kept.dropped.record_torn ?? 0) + count;
    state.write({ ...kept, dropped: { ...kept.dropped, record_torn: torn } });
  };
  const connect = (note: SpoolNote) => createRecipient(note, run);
  let { token } = run;
  do {
    const lease = takeLease(directory, { now, randomToken: randomId }, token);
    token = undefined;
    if (!lease) return;
    try {
      await sendBacklog(directory, lease, tried, { now, rest, connect, countTorn }, signal);
    } finally {
      lease.release();
    }
  } while (maySendMore(run, rest, tried));
}

function maySendMore({ directory, signal }: BacklogRun, rest: Rest, tried: ReadonlySet<string>): boolean {
  if (signal.aborted || rest.waitMs > 0) return false;
  return listWaiting(directory).some(({ fileName }) => !tried.has(fileName));
}

function createRecipient(note: SpoolNote, { directory, environment, hasProxy }: BacklogRun): Recipient {
  const ask = createAsk(directory, note, environment);
  const { key, host, requestTimeoutMs, compressionThresholdBytes } = note;
  const mayRequest = () => ask() === 'yes';
  const sink = connectPostHog({
    key,
    host,
    requestTimeoutMs,
    compressionThresholdBytes,
    hasProxy,
    mayRequest,
  });
  return { sink, ask };
}
