import { describe, expect, it } from 'vitest';
import { atMost, type Pause, pauseFor } from '../../../../src/server/work/pause.js';

const never = new Promise<never>(() => {});

describe('a pause', () => {
  it('ends when its time is over, and at once when it is no longer wanted', async () => {
    await pauseFor(1, new AbortController().signal);
    await pauseFor(3_600_000, AbortSignal.abort());
    const end = new AbortController();
    const pausing = pauseFor(3_600_000, end.signal);
    end.abort();
    await pausing;
  });
});

describe('waiting for an end', () => {
  /** Whether the pause beside what is waited for was ended. */
  async function observe(ending: Promise<unknown>, pause: Pause) {
    let signal: AbortSignal | undefined;
    const waiting = atMost(1_000, ending, (durationMs, given) => {
      signal = given;
      return pause(durationMs, given);
    });
    await waiting.catch(() => {});
    return { waiting, isPauseOver: signal?.aborted };
  }

  it('takes as long as it takes, and leaves no clock behind', async () => {
    const { waiting, isPauseOver } = await observe(Promise.resolve(), () => never);
    await waiting;
    expect(isPauseOver).toBe(true);
  });

  it('is given up after the time that it has', async () => {
    const waits: number[] = [];
    await atMost(1_000, never, async (durationMs) => void waits.push(durationMs));
    expect(waits).toEqual([1_000]);
  });

  it('fails as what it waits for does, and leaves no clock behind then either', async () => {
    const { waiting, isPauseOver } = await observe(Promise.reject(new Error('broken')), () => never);
    await expect(waiting).rejects.toThrow('broken');
    expect(isPauseOver).toBe(true);
  });
});
