/** A clock that stands still until it is moved. */
export interface TestClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds since it was made, which never get less. */
  monotonicNow(): number;
  /** Let time pass. @param durationMs - at least 0 */
  advanceMs(durationMs: number): void;
  /** Set it, forwards or back. @param timeMs - milliseconds since 1970 */
  set(timeMs: number): void;
}

/** The first of January 2026, UTC: the same in every run. */
const START_MS = Date.UTC(2026, 0, 1);

/** @throws {RangeError} for what is no number of milliseconds, here and in its methods */
export function createTestClock(startMs: number = START_MS): TestClock {
  let nowMs = checked(startMs);
  let passedMs = 0;

  const set = (timeMs: number) => {
    passedMs += Math.max(0, checked(timeMs) - nowMs);
    nowMs = timeMs;
  };

  return {
    now: () => nowMs,
    monotonicNow: () => passedMs,
    advanceMs: (durationMs) => {
      if (durationMs < 0)
        throw new RangeError('A clock is advanced by at least 0 ms. To set it back, use set().');
      set(nowMs + checked(durationMs));
    },
    set,
  };
}

function checked(ms: number): number {
  if (Number.isFinite(ms)) return ms;
  throw new RangeError('A clock is set to a finite number of milliseconds.');
}
