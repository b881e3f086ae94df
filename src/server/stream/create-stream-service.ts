import { Counter, Registry } from 'prom-client';
import type { Log, PartHealth, Service } from '../observe/index.js';
import type { EventQueue } from '../wire/index.js';
import type { Pause } from '../work/index.js';
import { createEventQueue, type QueueOutcome } from './create-event-queue.js';
import { createLink } from './link.js';
import { loadNats } from './load-nats.js';
import { logLink } from './log-link.js';

export interface StreamServiceOptions {
  /** Of NATS servers; may hold passwords. */
  readonly addresses: readonly string[];
  readonly log: Log;
  readonly pause: Pause;
  /** Unix time in milliseconds. */
  readonly nowMs: () => number;
  readonly acknowledgeTimeoutMs?: number;
}

const ACKNOWLEDGE_TIMEOUT_MS = 5_000;

/**
 * What puts received events into the stream. Starts whether anybody answers there or not.
 *
 * @throws {TelemetryError} `PEER_MISSING`
 */
export async function createStreamService({
  addresses,
  log,
  pause,
  nowMs,
  acknowledgeTimeoutMs = ACKNOWLEDGE_TIMEOUT_MS,
}: StreamServiceOptions): Promise<Service & { readonly queue: EventQueue }> {
  const nats = await loadNats();
  const link = createLink({ addresses, nats, pause, onChange: logLink(log) });
  let last: QueueOutcome = 'kept';
  const onOutcome = (outcome: QueueOutcome) => {
    const [level, event] = LINES[outcome];
    if (outcome !== last) log[level](event);
    last = outcome;
  };
  const queue = createEventQueue({ nats, link, acknowledgeTimeoutMs, onOutcome, nowMs });
  const metrics = new Registry();
  const events = new Counter({
    name: 'sotto_stream_events_total',
    help: 'Received events, by whether the stream took them.',
    labelNames: ['outcome'],
    registers: [metrics],
  });
  const waiting = new Set<Promise<void>>();

  return {
    queue: {
      async add(added) {
        const adding = queue.add(added);
        waiting.add(adding);
        try {
          await adding;
          events.inc({ outcome: 'queued' }, added.length);
        } catch (error) {
          events.inc({ outcome: 'refused' }, added.length);
          throw error;
        } finally {
          waiting.delete(adding);
        }
      },
    },
    metrics,
    health: [{ name: 'stream', read: async () => toHealth(link.isUp, last) }],
    start: () => void link.start(),
    async stop() {
      // Each of them ends within the time that the stream has for its answer.
      await Promise.allSettled(waiting);
      await link.stop();
    },
  };
}

const LINES = {
  kept: ['info', 'stream_recovered'],
  unfit: ['error', 'stream_unfit'],
  not_kept: ['warn', 'stream_failing'],
} as const;

/** A stream that did not keep what it was given last is asked again with what comes next. */
function toHealth(isUp: boolean, last: QueueOutcome): PartHealth {
  const failing = last === 'kept' ? null : last;
  if (!isUp) return { status: 'down', details: { failing } };
  return { status: failing === null ? 'ok' : 'degraded', details: { failing } };
}
