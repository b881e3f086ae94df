import { BoundedCache, randomId } from '../../internal/index.js';
import type { Proxies } from '../../settings/index.js';
import { countLost, createDeliveryState, findWaiting, type SpoolNote, takeLease } from '../../store/index.js';
import { connectOtlp } from '../otlp/connection.js';
import { signalOf } from '../otlp/signal-of.js';
import { connectPostHog, type PostHogConfig } from '../posthog/connection.js';
import { createRest, type Rest } from '../rest.js';
import type { Outcome, Sink } from '../sink.js';
import { createAsk } from './ask-consent.js';
import type { Recipient } from './recipient.js';
import { sendBacklog } from './send-backlog.js';
import { whileHeld } from './while-held.js';

export interface BacklogRun {
  /** The state directory. */
  readonly directory: string;
  readonly proxies: Proxies;
  /** Of a reservation that was made for this process. */
  readonly token?: string | undefined;
  /** Ends it; the request under way is given up, and the lease before `abort()` returns. */
  readonly signal: AbortSignal;
  /** No request takes longer, whatever a note says. */
  readonly maxRequestTimeoutMs?: number;
}

/** Of this process, for all its looks. */
const unnoted = new BoundedCache<string, Outcome>(10_000);

/**
 * Send what waits in a state directory, unless another process is about it. Never rejects.
 *
 * @remarks Looks once more when the lease is given up: what ended meanwhile has started nobody, for somebody was there.
 */
export async function runBacklog(run: BacklogRun): Promise<void> {
  const { directory, signal } = run;
  const restOf = createRests(directory);
  const tried = new Set<string>();
  const effects = {
    now: Date.now,
    connect: (note: SpoolNote) => createRecipient(note, restOf(note.host), run),
    unnoted,
    countLost: countLost.bind(undefined, directory),
  };
  let { token } = run;
  // A reservation is taken up, and so given back, whatever waits.
  while (token !== undefined || (!signal.aborted && findsMore(directory, restOf, tried))) {
    const lease = takeLease(directory, { now: Date.now, randomToken: randomId }, token);
    token = undefined;
    if (!lease) return;
    await whileHeld(lease, signal, (ending) => sendBacklog(directory, lease, tried, effects, ending));
  }
}

/** One for each server. */
function createRests(directory: string): (host: string) => Rest {
  const rests = new Map<string, Rest>();
  return (host) => {
    const known = rests.get(host);
    if (known) return known;
    const state = createDeliveryState(directory, host);
    const rest = createRest({ now: Date.now, random: Math.random, ...state });
    rests.set(host, rest);
    return rest;
  };
}

function findsMore(directory: string, restOf: (host: string) => Rest, tried: ReadonlySet<string>): boolean {
  for (const { fileName, note } of findWaiting(directory))
    if (!tried.has(fileName) && restOf(note.host).waitMs === 0) return true;
  return false;
}

function createRecipient(
  note: SpoolNote,
  rest: Rest,
  { directory, proxies, maxRequestTimeoutMs = note.requestTimeoutMs }: BacklogRun,
): Recipient {
  const ask = createAsk(directory, note);
  const sink = connect(note, {
    requestTimeoutMs: Math.min(note.requestTimeoutMs, maxRequestTimeoutMs),
    compressionThresholdBytes: note.compressionThresholdBytes,
    proxies,
    mayRequest: () => ask() === 'yes',
  });
  const kindOf = note.sink === 'otlp' ? signalOf : () => '';
  return { sink, ask, rest, kindOf };
}

type RequestConfig = Omit<PostHogConfig, 'key' | 'host'>;

function connect(note: SpoolNote, config: RequestConfig): Sink {
  switch (note.sink) {
    case 'posthog':
      return connectPostHog({ ...config, key: note.key, host: note.host });
    case 'otlp': {
      const { app, version, distinctId, host: endpoint, protocol, headers } = note;
      return connectOtlp({ ...config, app, version, distinctId, endpoint, protocol, headers });
    }
    default:
      return note satisfies never;
  }
}
