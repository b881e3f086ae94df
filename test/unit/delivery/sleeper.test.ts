import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSleeper } from '../../../src/delivery/sleeper.js';

/** Whether a promise has settled by now, without waiting for it. */
function watch(promise: Promise<void>) {
  const state = { isOver: false };
  void promise.then(() => {
    state.isOver = true;
  });
  return state;
}

const never = new Promise<void>(() => {});

describe('a sleeper', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('sleeps as long as it was told', async () => {
    const sleep = watch(createSleeper().sleep(1_000));
    await vi.advanceTimersByTimeAsync(999);
    expect(sleep.isOver).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(sleep.isOver).toBe(true);
  });

  it('can be woken, and leaves no timer behind', async () => {
    const sleeper = createSleeper();
    const sleep = watch(sleeper.sleep(1_000));
    sleeper.wake();
    await vi.advanceTimersByTimeAsync(0);
    expect(sleep.isOver).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('can be woken when it does not sleep', () => {
    expect(() => createSleeper().wake()).not.toThrow();
  });

  it('waits for work that ends in time, and leaves no timer behind', async () => {
    const sleeper = createSleeper();
    await sleeper.whileAwaited(1_000, async () => {});
    expect(vi.getTimerCount()).toBe(0);
  });

  it('stops waiting for work that does not', async () => {
    const waiting = watch(createSleeper().whileAwaited(1_000, () => never));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(waiting.isOver).toBe(true);
  });
});

describe('what a sleep keeps alive', () => {
  const keepsAlive = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;

  it('is nothing by itself, the process while somebody awaits it, and nothing afterwards', async () => {
    const before = keepsAlive();
    const sleeper = createSleeper();
    const sleep = sleeper.sleep(60_000);
    expect(keepsAlive()).toBe(before);

    const awaited = sleeper.whileAwaited(60_000, () => sleep);
    expect(keepsAlive()).toBe(before + 2);

    sleeper.wake();
    await awaited;
    expect(keepsAlive()).toBe(before);
  });

  it('goes back to nothing when the one who awaited it gives up', async () => {
    const before = keepsAlive();
    const sleeper = createSleeper();
    const sleep = sleeper.sleep(60_000);
    await sleeper.whileAwaited(1, () => sleep);
    expect(keepsAlive()).toBe(before);
    sleeper.wake();
    await sleep;
  });

  it('holds for a sleep that begins while somebody waits', async () => {
    const before = keepsAlive();
    const sleeper = createSleeper();
    const awaited = sleeper.whileAwaited(60_000, () => sleeper.sleep(60_000));
    expect(keepsAlive()).toBe(before + 2);
    sleeper.wake();
    await awaited;
  });
});
