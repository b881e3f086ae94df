import type { Consumer, JsMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import type { QueuedMessages, TakenMessage } from '../wire/index.js';
import { assertFitConsumer, CONSUMER, ensureConsumer } from './consumer-config.js';
import { readMessage } from './event-message.js';
import { type Link, streamUnavailable } from './link.js';
import type { Nats } from './load-nats.js';
import { STREAM, UnfitStreamError } from './stream-config.js';

export interface QueuedMessagesOptions {
  readonly nats: Nats;
  readonly link: Pick<Link, 'use'>;
}

/** The queue with what is known of the place that writers have in it. */
export interface StreamMessages extends QueuedMessages {
  /** False when the place was last seen to be one that would leave out events, or forget them: nothing is taken from it. */
  readonly isFit: boolean;
}

/** The shortest that the client allows. */
const WAIT_MS = 1_000;

/** The stream as a queue that this process takes from, beside others. */
export function createQueuedMessages({ nats, link }: QueuedMessagesOptions): StreamMessages {
  let known: { readonly connection: NatsConnection; readonly consumer: Consumer } | undefined;
  let isFit = true;

  async function findConsumer(): Promise<Consumer> {
    const connection = link.use();
    if (known?.connection === connection) return known.consumer;
    await ensureConsumer(nats, connection);
    isFit = true;
    const consumer = await nats.jetstream(connection).consumers.get(STREAM, CONSUMER);
    known = { connection, consumer };
    return consumer;
  }

  async function withConsumer<T>(work: (consumer: Consumer) => Promise<T>): Promise<T> {
    try {
      return await work(await findConsumer());
    } catch (error) {
      if (error instanceof UnfitStreamError) isFit = false;
      // The stream, or the place in it, may have been deleted: both are looked at again.
      known = undefined;
      throw streamUnavailable();
    }
  }

  return {
    get isFit() {
      return isFit;
    },
    take: (limit) =>
      withConsumer(async (consumer) => {
        const messages = await consumer.fetch({ max_messages: limit, expires: WAIT_MS });
        const taken: TakenMessage[] = [];
        try {
          for await (const message of messages) taken.push(toTaken(message));
        } catch (error) {
          // What has come before the line was cut can be stored all the same.
          if (taken.length === 0) throw error;
        }
        return taken;
      }),
    countWaiting: () =>
      withConsumer(async (consumer) => {
        const { config, num_pending, num_ack_pending } = await consumer.info();
        // An operator may have changed it since it was found.
        assertFitConsumer(config);
        return num_pending + num_ack_pending;
      }),
  };
}

function toTaken(message: JsMsg): TakenMessage {
  return {
    content: readMessage(message.string()),
    deliveries: message.info.deliveryCount,
    done: () => message.ack(),
    retry: (afterMs) => message.nak(afterMs),
    giveUp: () => message.term(),
  };
}
