import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { whileHeld } from '../../../../src/delivery/backlog/while-held.js';
import { LEASE_MS } from '../../../../src/store/index.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function createLease() {
  const lease = {
    isOurs: true,
    renewals: 0,
    releases: 0,
    renew: () => {
      lease.renewals += 1;
      return lease.isOurs;
    },
    release: () => {
      lease.releases += 1;
    },
  };
  return lease;
}

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));

describe('work for which a lease is needed', () => {
  it('keeps it, also when nothing is heard of the work for long', async () => {
    const lease = createLease();
    let finish = () => {};
    const work = () => new Promise<void>((resolve) => (finish = resolve));
    const held = whileHeld(lease, new AbortController().signal, work);
    for (let n = 1; n <= 4; n += 1) {
      await vi.advanceTimersByTimeAsync(LEASE_MS - 1);
      expect(lease.renewals).toBeGreaterThanOrEqual(2 * n);
    }
    finish();
    await held;
    expect(lease.releases).toBe(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends when somebody else has it', async () => {
    const lease = createLease();
    const { signal } = new AbortController();
    const held = whileHeld(lease, signal, aborted);
    lease.isOurs = false;
    await vi.advanceTimersByTimeAsync(LEASE_MS);
    await held;
    expect(signal.aborted).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('gives it up before the call that ends it returns', async () => {
    const lease = createLease();
    const ending = new AbortController();
    const held = whileHeld(lease, ending.signal, aborted);
    ending.abort();
    expect(lease.releases).toBe(1);
    await held;
  });

  it('leaves nothing behind, also when it fails', async () => {
    const lease = createLease();
    const ending = new AbortController();
    const failing = whileHeld(lease, ending.signal, () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    ending.abort();
    expect(lease.releases).toBe(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});
