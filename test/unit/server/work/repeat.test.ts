import { describe, expect, it } from 'vitest';
import { repeat } from '../../../../src/server/work/repeat.js';

describe('rounds of work', () => {
  it('follow each other, and end with the one under way', async () => {
    let rounds = 0;
    const waits: number[] = [];
    const { start, stop } = repeat(
      async () => {
        rounds += 1;
        if (rounds === 3) void stop();
        return 7;
      },
      async (durationMs) => void waits.push(durationMs),
    );
    start();
    await expect.poll(() => rounds).toBe(3);
    await stop();
    await stop();
    expect(rounds).toBe(3);
    expect(waits.filter((durationMs) => durationMs === 7)).toHaveLength(3);
  });

  it('tell the one under way that it is to end, and wait for it', async () => {
    const told: string[] = [];
    const { start, stop } = repeat(
      async (signal) => {
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        told.push('ended');
        return 0;
      },
      async (_durationMs, signal) => {
        if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
      },
    );
    start();
    await stop();
    expect(told).toEqual(['ended']);
  });

  it('are not waited for longer than five seconds', async () => {
    const waits: number[] = [];
    const { start, stop } = repeat(
      () => new Promise(() => {}),
      async (durationMs) => void waits.push(durationMs),
    );
    start();
    await stop();
    expect(waits).toEqual([5_000]);
  });

  it('do not begin once they are stopped', async () => {
    const { start, stop } = repeat(
      async () => expect.unreachable(),
      async () => {},
    );
    await stop();
    start();
    await stop();
  });
});
