import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves after a time, or sooner when `signal` aborts. */
export type Pause = (durationMs: number, signal: AbortSignal) => Promise<void>;

/** By the clock of the process. */
export const pauseFor: Pause = async (durationMs, signal) => {
  // Rejects for nothing but the signal.
  await sleep(durationMs, undefined, { signal }).catch(() => {});
};

/** Wait for something that comes to its end, but no longer than this. Rejects as it does. */
export async function atMost(durationMs: number, ending: Promise<unknown>, pause: Pause): Promise<void> {
  const isOver = new AbortController();
  try {
    await Promise.race([ending, pause(durationMs, isOver.signal)]);
  } finally {
    isOver.abort();
  }
}
