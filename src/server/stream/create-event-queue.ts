import type { NatsConnection } from '@nats-io/transport-node';
import { TelemetryError } from '../../internal/index.js';
import type { EventQueue } from '../wire/index.js';
import { type EventMessage, toMessages } from './event-message.js';
import { type Link, streamUnavailable } from './link.js';
import type { Nats } from './load-nats.js';
import { ensureStream, isFitStream, STREAM, SUBJECT, UnfitStreamError } from './stream-config.js';

/**
 * What came of handing some events over:
 *
 * - `kept`: all of them are
 * - `unfit`: the stream that is there is not what is needed
 * - `not_kept`: the stream did not say that it keeps them
 */
export type QueueOutcome = 'kept' | 'unfit' | 'not_kept';

export interface EventQueueOptions {
  readonly nats: Nats;
  readonly link: Pick<Link, 'use'>;
  /** How long the stream may take to say that it keeps a message. */
  readonly acknowledgeTimeoutMs: number;
  /** Told each time that something was handed over. */
  readonly onOutcome: (outcome: QueueOutcome) => void;
  /** Unix time in milliseconds. */
  readonly nowMs: () => number;
}

/** So that a writer stores several in one transaction without holding much in memory. */
const WANTED_BYTES = 256 * 1024;
/** Of what the server allows for a message; its head is counted too. */
const HEAD_BYTES = 256;
/** An operator may change the stream at any time. */
const LOOK_AGAIN_MS = 10_000;

/** The stream as it was seen, over one connection. */
interface SeenStream {
  readonly connection: NatsConnection;
  readonly atMs: number;
  /** What no message can exceed. */
  readonly maxBytes: number;
}

/** The stream as a place where events wait. They are kept when the stream has said so: until then they are the sender's. */
export function createEventQueue(options: EventQueueOptions): EventQueue {
  const { nats, link, acknowledgeTimeoutMs, onOutcome, nowMs } = options;
  let seen: SeenStream | undefined;

  async function look(connection: NatsConnection): Promise<SeenStream> {
    if (seen?.connection === connection && nowMs() - seen.atMs < LOOK_AGAIN_MS) return seen;
    const { config } = await ensureStream(nats, connection);
    if (!isFitStream(config)) throw new UnfitStreamError();
    const ofServer = connection.info?.max_payload ?? WANTED_BYTES;
    const ofStream = config.max_msg_size > 0 ? config.max_msg_size : ofServer;
    seen = { connection, atMs: nowMs(), maxBytes: Math.min(ofServer, ofStream) - HEAD_BYTES };
    return seen;
  }

  async function publish(connection: NatsConnection, messages: readonly EventMessage[]): Promise<void> {
    const stream = nats.jetstream(connection);
    // Another stream that takes our subject would acknowledge it too.
    const settings = { timeout: acknowledgeTimeoutMs, expect: { streamName: STREAM } };
    const sent = await Promise.allSettled(
      messages.map(({ id, text }) => stream.publish(SUBJECT, text, { msgID: id, ...settings })),
    );
    const failed = sent.find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
  }

  return {
    async add(events) {
      const connection = link.use();
      try {
        const { maxBytes } = await look(connection);
        const messages = toMessages(events, { wantedBytes: WANTED_BYTES, maxBytes });
        if (messages === undefined) throw tooLarge();
        await publish(connection, messages);
        onOutcome('kept');
      } catch (error) {
        if (error instanceof TelemetryError) throw error;
        // The stream may have been deleted: it is looked at again before the next batch.
        seen = undefined;
        onOutcome(error instanceof UnfitStreamError ? 'unfit' : 'not_kept');
        // Without the cause: it may name servers, and who asks is not told.
        throw streamUnavailable();
      }
    },
  };
}

const tooLarge = () =>
  new TelemetryError(
    'REQUEST_TOO_LARGE',
    'One event is larger than this server can take. Send it with less in it.',
  );
