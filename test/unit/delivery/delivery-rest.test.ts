import { expect, it } from 'vitest';
import { Delivery } from '../../../src/delivery/delivery.js';
import type { Rest } from '../../../src/delivery/rest.js';
import type { SendResult } from '../../../src/delivery/send-result.js';
import { buildEvent } from './build-event.js';

const CONFIG = {
  batchSize: 1,
  batchIntervalMs: 60_000,
  maxQueueSize: 10,
  maxQueueBytes: 100_000,
  maxAttempts: 1,
};

/** What a rest is told when one event is sent. */
async function hear(result: SendResult, maySend: boolean): Promise<unknown[]> {
  const heard: unknown[] = [];
  let waitMs = 0;
  const rest: Rest = {
    get waitMs() {
      return waitMs;
    },
    isClosed: false,
    overrule: () => {},
    fail: (...told) => {
      heard.push(told);
      waitMs = 1_000;
      return waitMs;
    },
    succeed: () => void heard.push('succeed'),
  };
  const sink = { send: async () => result, abort: () => {} };
  const effects = { sink, rest, maySend: () => maySend, settle: () => {}, leave: () => {} };
  const delivery = new Delivery(CONFIG, effects);
  delivery.enqueue(buildEvent(1));
  await delivery.shutdown(1_000);
  return heard;
}

it.each<[string, SendResult, boolean, unknown[]]>([
  ['a server took an event', { status: 'accepted' }, true, ['succeed']],
  ['a server refused one', { status: 'rejected' }, true, ['succeed']],
  ['nothing was sent for lack of consent', { status: 'accepted' }, false, []],
  ['a server asked for time', { status: 'retry', afterMs: 5 }, true, [[5, false]]],
  ['nobody answered', { status: 'retry', isUnreachable: true }, true, [[undefined, true]]],
])('a rest hears of no more and no less than what happened: %s', async (_, result, maySend, heard) => {
  expect(await hear(result, maySend)).toEqual(heard);
});
