import type { ConsumerConfig } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import type { Nats } from './load-nats.js';
import { ensureStream, find, STREAM, SUBJECT, UnfitStreamError } from './stream-config.js';

/** Shared by all writers. */
export const CONSUMER = 'sotto_writer';

/** How long nobody else is given a message that a writer has taken and said nothing of. */
const ACKNOWLEDGED_WITHIN_MS = 30_000;

/**
 * See that the stream is there, and the place in it that all writers share. One that is there stays as it is. The stream may be one that
 * takes no more events: what is in it is stored all the same.
 *
 * @throws {UnfitStreamError} for a place that would leave out events, or forget them
 */
export async function ensureConsumer(nats: Nats, connection: NatsConnection): Promise<void> {
  const { manager } = await ensureStream(nats, connection);
  const found = await find(
    () => manager.consumers.info(STREAM, CONSUMER),
    nats.JetStreamApiCodes.ConsumerNotFound,
  );
  if (found !== undefined) return assertFitConsumer(found.config);
  await manager.consumers.add(STREAM, {
    durable_name: CONSUMER,
    ack_policy: 'explicit',
    ack_wait: nats.nanos(ACKNOWLEDGED_WITHIN_MS),
    max_deliver: -1,
  });
}

/** @throws {UnfitStreamError} unless all events are given to writers that ask, whole, and again until one of them has stored them */
export function assertFitConsumer(config: ConsumerConfig): void {
  const { ack_policy, max_deliver = -1, deliver_subject, headers_only } = config;
  const filters = [config.filter_subject, ...(config.filter_subjects ?? [])].filter(Boolean);
  const givesAgain = ack_policy === 'explicit' && max_deliver === -1;
  const givesWhole = deliver_subject === undefined && headers_only !== true;
  if (!givesAgain || !givesWhole || filters.some((filter) => filter !== SUBJECT))
    throw new UnfitStreamError();
}
