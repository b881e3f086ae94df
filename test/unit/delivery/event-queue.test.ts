import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventQueue } from '../../../src/delivery/event-queue.js';
import { buildEvent } from './build-event.js';

const ROOMY = { maxQueueSize: 10_000, maxQueueBytes: 100_000_000 };

function createQueue(limits: Partial<typeof ROOMY> = {}) {
  const queue = new EventQueue({ ...ROOMY, ...limits });
  const push = (...uuids: number[]) => uuids.map((uuid) => queue.push(buildEvent(uuid)));
  const take = (limit: number) => queue.take(limit).map(({ uuid }) => Number(uuid));
  return { queue, push, take };
}

describe('EventQueue', () => {
  it('gives out the oldest first, and each once', () => {
    const { queue, push, take } = createQueue();
    push(1, 2, 3);
    expect(take(2)).toEqual([1, 2]);
    expect(take(2)).toEqual([3]);
    expect(take(2)).toEqual([]);
    expect(queue.size).toBe(0);
  });

  it('puts events back before those that came later', () => {
    const { queue, push, take } = createQueue();
    push(1, 2, 3);
    const taken = queue.take(2);
    push(4);
    queue.putBack(taken);
    expect(take(10)).toEqual([1, 2, 3, 4]);
  });

  it('refuses what is beyond its size and has room again once something was taken', () => {
    const { push, take } = createQueue({ maxQueueSize: 2 });
    expect(push(1, 2, 3)).toEqual([true, true, false]);
    take(1);
    expect(push(4)).toEqual([true]);
    expect(take(10)).toEqual([2, 4]);
  });

  it('refuses what is beyond its bytes and has room again once something was taken', () => {
    const { queue, take } = createQueue({ maxQueueBytes: 5_000 });
    const large = (uuid: number) => queue.push(buildEvent(uuid, { text: 'x'.repeat(2_000) }));
    expect([large(1), large(2), large(3)]).toEqual([true, true, false]);
    take(1);
    expect(large(4)).toBe(true);
  });

  it('counts what was put back', () => {
    const { queue } = createQueue({ maxQueueBytes: 5_000 });
    const large = (uuid: number) => queue.push(buildEvent(uuid, { text: 'x'.repeat(2_000) }));
    expect([large(1), large(2)]).toEqual([true, true]);
    queue.putBack(queue.take(2));
    expect(large(3)).toBe(false);
  });

  it('counts what is deep inside an event, in objects and in arrays', () => {
    const { queue } = createQueue({ maxQueueBytes: 2_000 });
    expect(queue.push(buildEvent(1, { a: [{ b: ['x'.repeat(3_000)] }] }))).toBe(false);
    expect(queue.push(buildEvent(2, { a: [{ b: ['x'] }] }))).toBe(true);
  });

  it('takes events back although it is full: they were counted in before', () => {
    const { queue, push } = createQueue({ maxQueueSize: 2 });
    push(1, 2);
    const taken = queue.take(2);
    push(3, 4);
    queue.putBack(taken);
    expect(queue.size).toBe(4);
    expect(push(5)).toEqual([false]);
  });

  it('does what a plain array would do, whatever the order of calls', () => {
    const step = fc.oneof(
      fc.record({ push: fc.integer({ min: 1, max: 3_000 }) }),
      fc.record({ take: fc.integer({ min: 1, max: 3_000 }), isPutBack: fc.boolean() }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const { queue } = createQueue({ maxQueueSize: 1_000_000 });
        const model: string[] = [];
        let next = 0;
        for (const step of steps) {
          if ('push' in step) {
            for (let count = 0; count < step.push; count += 1) {
              next += 1;
              queue.push(buildEvent(next, {}));
              model.push(String(next));
            }
            continue;
          }
          const taken = queue.take(step.take);
          expect(taken.map(({ uuid }) => uuid)).toEqual(model.slice(0, step.take));
          if (step.isPutBack) queue.putBack(taken);
          else model.splice(0, step.take);
        }
        expect(queue.size).toBe(model.length);
      }),
      { numRuns: 30 },
    );
  });
});
