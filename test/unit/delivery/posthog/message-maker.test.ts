import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { MessageMaker } from '../../../../src/delivery/posthog/message-maker.js';
import { toPostHogMessage } from '../../../../src/delivery/posthog/wire.js';
import type { SanitizedEvent } from '../../../../src/privacy/index.js';
import { buildEvent } from '../build-event.js';

/** An event that counts the messages that are made of it. */
function buildCounted(uuid: number) {
  const made = { times: 0 };
  const event: SanitizedEvent = Object.defineProperty({ ...buildEvent(uuid) }, 'timestampMs', {
    get: () => {
      made.times += 1;
      return 0;
    },
  });
  return { event, made };
}

describe('MessageMaker', () => {
  it('makes messages of a batch, in its order', () => {
    const batch = [buildEvent(1), buildEvent(2)];
    expect(new MessageMaker().make(batch)).toEqual(batch.map(toPostHogMessage));
  });

  it('makes those of the next batch ahead, and only once, but not before what was begun is out of hands', async () => {
    const maker = new MessageMaker();
    const { event, made } = buildCounted(1);
    maker.makeAhead(() => [event]);
    expect(made.times).toBe(0);
    await nextTurn();
    expect(made.times).toBe(1);
    expect(maker.make([buildEvent(0), event, buildEvent(2)])).toEqual(
      [0, 1, 2].map((uuid) => toPostHogMessage(buildEvent(uuid))),
    );
    expect(made.times).toBe(1);
  });

  it('asks what comes next when it makes it, and not before', async () => {
    const maker = new MessageMaker();
    const upcoming = [buildCounted(1), buildCounted(2)];
    maker.makeAhead(() => upcoming.map(({ event }) => event));
    upcoming.shift();
    await nextTurn();
    expect(upcoming[0]?.made.times).toBe(1);
  });

  it.each([
    ['used', (maker: MessageMaker) => void maker.make([])],
    ['forgotten', (maker: MessageMaker) => maker.forget()],
  ])('holds nothing that was made ahead once it is %s', async (_, end) => {
    const maker = new MessageMaker();
    const { event, made } = buildCounted(1);
    maker.makeAhead(() => [event]);
    await nextTurn();
    end(maker);
    maker.make([event]);
    expect(made.times).toBe(2);
  });
});
