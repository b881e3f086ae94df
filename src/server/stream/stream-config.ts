import type { JetStreamManager, StreamConfig } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import type { Nats } from './load-nats.js';

export const STREAM = 'SOTTO_EVENTS';
export const SUBJECT = 'sotto.events.batch';

const SAME_MESSAGE_WITHIN_MS = 120_000;
const ANSWER_TIMEOUT_MS = 5_000;

/** A stream, or a place in it, that is unlike the one that is needed: it would forget events, or keep them for ever. */
export class UnfitStreamError extends Error {}

export interface FoundStream {
  readonly manager: JetStreamManager;
  readonly config: StreamConfig;
}

/** See that the stream is there. One that an operator has made, with limits and replicas of its own, stays as it is. */
export async function ensureStream(nats: Nats, connection: NatsConnection): Promise<FoundStream> {
  const manager = await nats.jetstreamManager(connection, { timeout: ANSWER_TIMEOUT_MS });
  const found = await find(() => manager.streams.info(STREAM), nats.JetStreamApiCodes.StreamNotFound);
  const { config } =
    found ??
    (await manager.streams.add({
      name: STREAM,
      subjects: [SUBJECT],
      storage: 'file',
      retention: 'workqueue',
      // Who brings a message that does not fit is told so, and keeps it.
      discard: 'new',
      duplicate_window: nats.nanos(SAME_MESSAGE_WITHIN_MS),
    }));
  return { manager, config };
}

/** Whether what the stream has acknowledged stays there until somebody has stored it. */
export function isFitStream(config: StreamConfig): boolean {
  const { retention, discard, storage, subjects, max_age, max_msgs_per_subject } = config;
  const keepsOnDisk = retention === 'workqueue' && discard === 'new' && storage === 'file';
  // A limit per subject lets the oldest go, although the stream as a whole refuses what is new.
  const forgetsNothing = max_age === 0 && max_msgs_per_subject <= 0;
  return keepsOnDisk && forgetsNothing && subjects.includes(SUBJECT);
}

/** @returns undefined where the server says that there is none */
export async function find<T>(ask: () => Promise<T>, notFoundCode: number): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if ((error as { code?: unknown } | undefined)?.code === notFoundCode) return undefined;
    throw error;
  }
}
