import { Counter, Gauge, type Registry } from 'prom-client';
import type { PartHealth } from '../observe/index.js';
import type { EventStore, QueuedMessages } from '../wire/index.js';
import { errorCodeOf, repeat, type Worker, type WorkerOptions } from '../work/index.js';
import { retryDelayMs } from './retry-delay.js';
import { storeMessages } from './store-messages.js';

export interface WriterOptions extends WorkerOptions {
  /** `isFit` is false while the queue would leave out events, or forget them: it gives nothing then. */
  readonly messages: QueuedMessages & { readonly isFit: boolean };
  /** The line to the queue, which the writer keeps as long as it works. */
  readonly link: { readonly isUp: boolean; start(): Promise<void>; stop(): Promise<void> };
  readonly store: Pick<EventStore, 'add'>;
}

/** Of up to a quarter of a megabyte each. */
const MESSAGES_AT_ONCE = 32;
const COUNT_EVERY_MS = 5_000;

/**
 * Take received events out of the queue, and store them. Any number of writers may share the work, and each of them may end at any moment:
 * a message leaves the queue after its events are in the database, where an event that comes again counts once.
 */
export function createWriter(options: WriterOptions): Worker {
  const { messages, link, store, log, pause, random, nowMs } = options;
  let failures = 0;
  let failing: string | undefined;
  /** Undefined while nobody knows. */
  let counted: number | undefined;
  let countedAtMs = 0;
  let lastStoredAtMs: number | undefined;
  const readWaiting = () => (link.isUp ? counted : undefined);
  const meters = createMeters(options.metrics, readWaiting);

  const note = (code: string | undefined) => {
    if (code !== undefined && code !== failing) log.warn('writer_failing', { code });
    if (code === undefined && failing !== undefined) log.info('writer_recovered');
    failing = code;
    failures = code === undefined ? 0 : failures + 1;
  };
  const count = async () => {
    if (nowMs() - countedAtMs < COUNT_EVERY_MS) return;
    counted = await messages.countWaiting();
    countedAtMs = nowMs();
  };
  const work = async (signal: AbortSignal) => {
    const taken = await messages.take(MESSAGES_AT_ONCE);
    const failed = await storeMessages(taken, {
      store,
      signal,
      delayMs: (deliveries) => retryDelayMs(deliveries, random()),
      onStored({ accepted, duplicates }) {
        meters.events.inc({ outcome: 'stored' }, accepted);
        meters.events.inc({ outcome: 'duplicate' }, duplicates);
        lastStoredAtMs = nowMs();
      },
      onMessage(outcome) {
        meters.messages.inc({ outcome });
        if (outcome === 'given_up') log.error('message_given_up');
      },
    });
    await count();
    return failed;
  };
  const round = async (signal: AbortSignal) => {
    try {
      note(await work(signal));
    } catch (error) {
      counted = undefined;
      note(messages.isFit ? errorCodeOf(error) : STREAM_UNFIT);
    }
    return failures === 0 ? 0 : Math.min(retryDelayMs(failures, random()), LONGEST_PAUSE_MS);
  };
  const read = async (): Promise<PartHealth> => ({
    status: link.isUp && failing !== STREAM_UNFIT ? (failing === undefined ? 'ok' : 'degraded') : 'down',
    details: {
      failing: failing ?? null,
      waiting_messages: readWaiting() ?? null,
      last_stored_at: lastStoredAtMs === undefined ? null : new Date(lastStoredAtMs).toISOString(),
    },
  });
  const rounds = repeat(round, pause);
  return {
    health: { name: 'writer', read },
    start() {
      void link.start().then(rounds.start);
    },
    async stop() {
      await rounds.stop();
      await link.stop();
    },
  };
}

/** Messages that are not taken by anybody cannot be stored: less than they are left alone for. */
const LONGEST_PAUSE_MS = 10_000;

const STREAM_UNFIT = 'STREAM_UNFIT';

/** @param readWaiting - undefined while nobody knows: then there is no figure, rather than an old one */
function createMeters(metrics: Registry, readWaiting: () => number | undefined) {
  const registers = [metrics];
  new Gauge({
    name: 'sotto_writer_lag_messages',
    help: 'Messages that are not stored yet, as it was some seconds ago.',
    registers,
    collect() {
      const waiting = readWaiting();
      if (waiting === undefined) this.remove();
      else this.set(waiting);
    },
  });
  return {
    events: new Counter({
      name: 'sotto_writer_events_total',
      help: 'Events that were written, by whether they were new.',
      labelNames: ['outcome'],
      registers,
    }),
    messages: new Counter({
      name: 'sotto_writer_messages_total',
      help: 'Messages that were taken, by what became of them.',
      labelNames: ['outcome'],
      registers,
    }),
  };
}
