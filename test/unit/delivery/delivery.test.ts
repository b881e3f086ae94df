import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Delivery, type DeliveryConfig } from '../../../src/delivery/delivery.js';
import { createRest } from '../../../src/delivery/rest.js';
import type { SendResult } from '../../../src/delivery/send-result.js';
import type { DropReason } from '../../../src/privacy/index.js';
import { buildEvent } from './build-event.js';
import { createStateInMemory } from './state-in-memory.js';

const CONFIG: DeliveryConfig = {
  batchSize: 3,
  batchIntervalMs: 60_000,
  maxQueueSize: 100,
  maxQueueBytes: 1_000_000,
  maxAttempts: 3,
};

/** A sink that works: it keeps what it accepted, and answers as scripted. */
function createHarness(config: Partial<DeliveryConfig> = {}) {
  const sent: string[][] = [];
  /** What would come next, by each request. */
  const announced: string[][] = [];
  const answers: (SendResult | Promise<SendResult>)[] = [];
  /** By reason; `left` for what stays where it is kept. */
  const drops: Partial<Record<DropReason | 'left', number>> = {};
  const state = { sentCount: 0, maySend: true, aborted: 0 };
  const delivery = new Delivery(
    { ...CONFIG, ...config },
    {
      sink: {
        send: async (batch, upcoming) => {
          sent.push(batch.map(({ uuid }) => uuid));
          announced.push(upcoming?.().map(({ uuid }) => uuid) ?? []);
          return (await answers.shift()) ?? { status: 'accepted' };
        },
        abort: () => {
          state.aborted += 1;
        },
      },
      maySend: () => state.maySend,
      rest: createRest({ now: Date.now, random: () => 1, ...createStateInMemory() }),
      settle: (events, outcome) => {
        if (outcome === 'sent') state.sentCount += events.length;
        else drops[outcome] = (drops[outcome] ?? 0) + events.length;
      },
      leave: (events) => {
        drops.left = (drops.left ?? 0) + events.length;
      },
    },
  );
  const enqueue = (...uuids: number[]) => {
    for (const uuid of uuids) delivery.enqueue(buildEvent(uuid));
  };
  return { delivery, sent, announced, answers, drops, state, enqueue };
}

const settle = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('batching', () => {
  it('tells with each batch what comes next', async () => {
    const { delivery, sent, announced, enqueue } = createHarness({ maxQueueSize: 10 });
    enqueue(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    await delivery.flush(1_000);
    expect(sent.slice(1)).toEqual([['4', '5', '6'], ['7', '8', '9'], ['10']]);
    expect(announced.slice(1)).toEqual([['7', '8', '9'], ['10'], []]);
  });

  it('sends one request of exactly batchSize events as soon as there are so many', async () => {
    const { sent, enqueue } = createHarness();
    enqueue(1, 2);
    await settle();
    expect(sent).toEqual([]);
    enqueue(3);
    await settle();
    expect(sent).toEqual([['1', '2', '3']]);
  });

  it('cuts a burst into requests of batchSize and leaves the rest to the interval', async () => {
    const { sent, enqueue, delivery } = createHarness();
    enqueue(1, 2, 3, 4, 5, 6, 7);
    await settle();
    expect(sent).toEqual([
      ['1', '2', '3'],
      ['4', '5', '6'],
    ]);
    expect(delivery.pending).toBe(1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent.at(-1)).toEqual(['7']);
  });

  it('sends a single event after the interval', async () => {
    const { sent, enqueue } = createHarness({ batchIntervalMs: 1_000 });
    enqueue(1);
    await vi.advanceTimersByTimeAsync(999);
    expect(sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent).toEqual([['1']]);
  });

  it('makes one request at a time, in order', async () => {
    const { sent, answers, enqueue } = createHarness();
    let accept = (_: SendResult) => {};
    answers.push(new Promise((resolve) => (accept = resolve)));
    enqueue(1, 2, 3, 4, 5, 6);
    await settle();
    expect(sent).toHaveLength(1);
    accept({ status: 'accepted' });
    await settle();
    expect(sent).toHaveLength(2);
  });

  it('keeps no timer when nothing waits', async () => {
    const { enqueue } = createHarness();
    enqueue(1, 2, 3);
    await settle();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('failures', () => {
  it('tries again after a pause that doubles, then rests and keeps the events', async () => {
    const { sent, answers, enqueue, delivery, drops } = createHarness();
    answers.push({ status: 'retry' }, { status: 'retry' }, { status: 'retry' });
    enqueue(1, 2, 3);
    await settle();
    expect(sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(sent).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1_999);
    expect(sent).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent).toHaveLength(3);
    expect(delivery.pending).toBe(3);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(sent).toHaveLength(4);
    expect(sent.at(-1)).toEqual(['1', '2', '3']);
    expect(delivery.pending).toBe(0);
    expect(drops).toEqual({});
  });

  it('forgets its pause once a request was accepted', async () => {
    const { sent, answers, enqueue, delivery } = createHarness();
    answers.push({ status: 'retry' });
    enqueue(1, 2, 3);
    await settle();
    await delivery.flush(1_000);
    enqueue(4, 5, 6);
    await settle();
    expect(sent.at(-1)).toEqual(['4', '5', '6']);
  });

  it('waits as long as the server asks, not shorter', async () => {
    const { sent, answers, enqueue } = createHarness();
    answers.push({ status: 'retry', afterMs: 5_000 });
    enqueue(1, 2, 3);
    await vi.advanceTimersByTimeAsync(4_999);
    expect(sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent).toHaveLength(2);
  });

  it('does not let a flush overrule a server that asked for silence', async () => {
    const { sent, answers, enqueue, delivery } = createHarness();
    answers.push({ status: 'retry', afterMs: 3_600_000 });
    enqueue(1, 2, 3);
    await settle();
    await delivery.flush(1_000);
    expect(sent).toHaveLength(1);
    expect(delivery.pending).toBe(3);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(sent).toHaveLength(2);
  });

  it('halves a request that was too large, and drops a single event that is', async () => {
    const { sent, answers, enqueue, drops, state } = createHarness();
    answers.push(
      { status: 'too_large' },
      { status: 'too_large' },
      { status: 'accepted' },
      { status: 'too_large' },
    );
    enqueue(1, 2, 3);
    await settle();
    expect(sent).toEqual([['1', '2', '3'], ['1', '2'], ['1'], ['2'], ['3']]);
    expect(drops).toEqual({ too_large: 1 });
    expect(state.sentCount).toBe(2);
  });

  it('drops what the server refuses for good, and goes on', async () => {
    const { sent, answers, enqueue, drops } = createHarness();
    answers.push({ status: 'rejected' });
    enqueue(1, 2, 3, 4, 5, 6);
    await settle();
    expect(sent).toHaveLength(2);
    expect(drops).toEqual({ rejected_by_server: 3 });
  });

  it('takes a sink that rejects for one that did not send', async () => {
    const { answers, enqueue, delivery } = createHarness();
    answers.push(Promise.reject(new Error('broken sink')));
    enqueue(1, 2, 3);
    await settle();
    expect(delivery.pending).toBe(3);
  });

  it('leaves events beyond its size where they are kept', () => {
    const { enqueue, drops, delivery } = createHarness({ batchSize: 100, maxQueueSize: 5 });
    enqueue(1, 2, 3, 4, 5, 6, 7);
    expect(delivery.pending).toBe(5);
    expect(drops).toEqual({ left: 2 });
  });

  it('leaves events beyond its estimated bytes where they are kept', () => {
    const { enqueue, drops } = createHarness({ batchSize: 100, maxQueueBytes: 1_024 });
    enqueue(1, 2, 3, 4, 5, 6, 7);
    expect(drops.left).toBeGreaterThan(0);
  });

  it('asks for consent before every request and drops what waits when it is gone', async () => {
    const { sent, enqueue, state, drops } = createHarness();
    state.maySend = false;
    enqueue(1, 2, 3);
    await settle();
    expect(sent).toEqual([]);
    expect(drops).toEqual({ consent_off: 3 });
  });
});

describe('flush', () => {
  it('sends everything that waits, below the batch size too', async () => {
    const { sent, enqueue, delivery } = createHarness();
    enqueue(1, 2, 3, 4);
    await delivery.flush(1_000);
    expect(sent.flat()).toEqual(['1', '2', '3', '4']);
  });

  it('also sends what was captured while it was sending', async () => {
    const { sent, answers, enqueue, delivery } = createHarness();
    let accept = (_: SendResult) => {};
    answers.push(new Promise((resolve) => (accept = resolve)));
    enqueue(1);
    const flushed = delivery.flush(1_000);
    await settle();
    enqueue(2);
    accept({ status: 'accepted' });
    await flushed;
    expect(sent).toEqual([['1'], ['2']]);
  });

  it('resolves at its time-out while the server is silent', async () => {
    const { answers, enqueue, delivery } = createHarness();
    answers.push(new Promise(() => {}));
    enqueue(1);
    const flushed = delivery.flush(1_000);
    await vi.advanceTimersByTimeAsync(1_000);
    await flushed;
    expect(delivery.pending).toBe(1);
  });

  it('makes a request of its own when the one under way fails', async () => {
    const { sent, answers, enqueue, delivery } = createHarness({ maxAttempts: 1 });
    let answer = (_: SendResult) => {};
    answers.push(new Promise((resolve) => (answer = resolve)));
    enqueue(1, 2, 3, 4);
    await settle();
    const flushed = delivery.flush(1_000);
    answer({ status: 'retry' });
    await flushed;
    expect(sent).toEqual([['1', '2', '3'], ['1', '2', '3'], ['4']]);
    expect(delivery.pending).toBe(0);
  });

  it('ends when its own request fails too, and leaves the rest to the next round', async () => {
    const { sent, answers, enqueue, delivery } = createHarness({ maxAttempts: 1 });
    let answer = (_: SendResult) => {};
    answers.push(new Promise((resolve) => (answer = resolve)), { status: 'retry' });
    enqueue(1, 2, 3, 4);
    await settle();
    const flushed = delivery.flush(1_000);
    answer({ status: 'retry' });
    await flushed;
    expect(sent).toHaveLength(2);
    expect(delivery.pending).toBe(4);
  });

  it('ends a pause of our own accord and tries at once', async () => {
    const { sent, answers, enqueue, delivery } = createHarness();
    answers.push({ status: 'retry' });
    enqueue(1, 2, 3);
    await settle();
    await delivery.flush(1_000);
    expect(sent).toHaveLength(2);
    expect(delivery.pending).toBe(0);
  });
});

describe('shutdown', () => {
  it('sends what waits once, and drops later events', async () => {
    const { sent, enqueue, delivery, drops } = createHarness();
    enqueue(1);
    await delivery.shutdown(1_000);
    enqueue(2);
    expect(sent).toEqual([['1']]);
    expect(drops).toEqual({ after_shutdown: 1 });
  });

  it('may be called twice and by a signal handler: one end, one promise', async () => {
    const { sent, enqueue, delivery } = createHarness();
    enqueue(1);
    const first = delivery.shutdown(1_000);
    expect(delivery.shutdown(1_000)).toBe(first);
    await first;
    expect(sent).toHaveLength(1);
  });

  it('does not repeat a failed request', async () => {
    const { sent, answers, enqueue, delivery, drops } = createHarness();
    answers.push({ status: 'retry' });
    enqueue(1);
    await delivery.shutdown(1_000);
    expect(sent).toHaveLength(1);
    expect(drops).toEqual({ left: 1 });
  });

  it('tries once itself when the request under way fails, and no longer', async () => {
    const { sent, answers, enqueue, delivery, drops } = createHarness();
    let answer = (_: SendResult) => {};
    answers.push(new Promise((resolve) => (answer = resolve)), { status: 'retry' });
    enqueue(1, 2, 3, 4);
    await settle();
    const ended = delivery.shutdown(1_000);
    answer({ status: 'retry' });
    await ended;
    expect(sent).toHaveLength(2);
    expect(drops).toEqual({ left: 4 });
  });

  it('does not wake a server that asked for silence', async () => {
    const { sent, answers, enqueue, delivery, drops } = createHarness();
    answers.push({ status: 'retry', afterMs: 20_000 });
    enqueue(1, 2, 3);
    await settle();
    const ended = delivery.shutdown(1_000);
    await settle();
    await ended;
    expect(sent).toHaveLength(1);
    expect(drops).toEqual({ left: 3 });
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each<[string, SendResult, object]>([
    ['sends what is left', { status: 'accepted' }, {}],
    ['gives up then', { status: 'retry' }, { left: 3 }],
  ])('wakes from a pause of our own accord for one more try, and %s', async (_, last, lost) => {
    const { sent, answers, enqueue, delivery, drops } = createHarness();
    answers.push({ status: 'retry' }, last);
    enqueue(1, 2, 3);
    await settle();
    await delivery.shutdown(1_000);
    expect(sent).toHaveLength(2);
    expect(drops).toEqual(lost);
  });

  it.each<[string, SendResult]>([
    ['accepted', { status: 'accepted' }],
    ['too large', { status: 'too_large' }],
    ['refused', { status: 'rejected' }],
  ])(
    'makes no request after its deadline and counts nothing twice when the last answer is: %s',
    async (_, last) => {
      const { sent, answers, enqueue, delivery, drops, state } = createHarness();
      let answer = (_: SendResult) => {};
      answers.push({ status: 'too_large' }, new Promise((resolve) => (answer = resolve)));
      enqueue(1, 2, 3);
      const ended = delivery.shutdown(1_000);
      await vi.advanceTimersByTimeAsync(1_000);
      await ended;
      answer(last);
      await settle();
      expect(sent).toEqual([
        ['1', '2', '3'],
        ['1', '2'],
      ]);
      expect(drops).toEqual({ left: 3 });
      expect(state.sentCount).toBe(0);
    },
  );

  it('counts what is left of a batch of which one half had arrived', async () => {
    const { answers, enqueue, delivery, drops, state } = createHarness();
    answers.push({ status: 'too_large' }, { status: 'accepted' }, new Promise(() => {}));
    enqueue(1, 2, 3);
    await settle();
    expect(delivery.pending).toBe(1);
    const ended = delivery.shutdown(1_000);
    await vi.advanceTimersByTimeAsync(1_000);
    await ended;
    expect(state.sentCount).toBe(2);
    expect(drops).toEqual({ left: 1 });
    expect(delivery.pending).toBe(0);
  });

  it('gives up at its deadline, aborts the request and counts what is left once', async () => {
    const { answers, enqueue, delivery, drops, state } = createHarness();
    let answer = (_: SendResult) => {};
    answers.push(new Promise((resolve) => (answer = resolve)));
    enqueue(1, 2);
    const ended = delivery.shutdown(1_000);
    await vi.advanceTimersByTimeAsync(1_000);
    await ended;
    expect(state.aborted).toBe(1);
    expect(drops).toEqual({ left: 2 });
    answer({ status: 'retry' });
    await settle();
    expect(drops).toEqual({ left: 2 });
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('leave', () => {
  it('ends now and leaves what waits and what is on its way where it is kept', async () => {
    const { answers, enqueue, delivery, drops, state } = createHarness();
    answers.push(new Promise(() => {}));
    enqueue(1, 2, 3, 4);
    await settle();
    delivery.leave();
    delivery.leave();
    expect(drops).toEqual({ left: 4 });
    expect({ pending: delivery.pending, aborted: state.aborted }).toEqual({ pending: 0, aborted: 1 });
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('abandon', () => {
  it('drops what waits for the reason given, makes no request, and keeps no timer', async () => {
    const { sent, enqueue, delivery, drops, state } = createHarness();
    enqueue(1, 2);
    delivery.abandon('consent_off');
    enqueue(3);
    await delivery.flush(1_000);
    await delivery.shutdown(1_000);
    expect(sent).toEqual([]);
    expect(drops).toEqual({ consent_off: 2, after_shutdown: 1 });
    expect(state.aborted).toBe(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('gives up the request under way and does not repeat it, whatever its answer', async () => {
    const { sent, answers, enqueue, delivery, drops, state } = createHarness();
    let answer = (_: SendResult) => {};
    answers.push(new Promise((resolve) => (answer = resolve)));
    enqueue(1, 2, 3, 4);
    await settle();
    delivery.abandon('consent_off');
    answer({ status: 'retry' });
    await vi.advanceTimersByTimeAsync(600_000);
    expect(sent).toHaveLength(1);
    expect(drops).toEqual({ consent_off: 4 });
    expect(state.sentCount).toBe(0);
  });

  it('ends a pause between two tries without another one', async () => {
    const { sent, answers, enqueue, delivery, drops } = createHarness();
    answers.push({ status: 'retry' });
    enqueue(1, 2, 3);
    await settle();
    delivery.abandon('store_unusable');
    await vi.advanceTimersByTimeAsync(600_000);
    expect(sent).toHaveLength(1);
    expect(drops).toEqual({ store_unusable: 3 });
  });

  it('may be called by the question for consent itself, in the middle of a round', async () => {
    const { sent, enqueue, delivery, drops, state } = createHarness();
    Object.defineProperty(state, 'maySend', {
      get: () => {
        delivery.abandon('consent_off');
        return false;
      },
    });
    enqueue(1, 2, 3);
    await settle();
    expect(sent).toEqual([]);
    expect(drops).toEqual({ consent_off: 3 });
  });
});
