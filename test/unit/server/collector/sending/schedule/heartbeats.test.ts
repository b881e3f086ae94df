import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type HeartbeatSchedule,
  isHeartbeatDue,
  nextBeatMs,
} from '../../../../../../src/server/collector/sending/schedule/heartbeats.js';

const START_MS = Date.parse('2026-01-11T00:00:00Z');
const anySchedule: fc.Arbitrary<HeartbeatSchedule> = fc.record({
  intervalMs: fc.integer({ min: 60, max: 86_400 }).map((seconds) => seconds * 1_000),
  jitterSeed: fc.uuid(),
});

/** When heartbeats are sent by a process that looks at the clock when the next is planned. */
function beatTimes(schedule: HeartbeatSchedule, count: number): readonly number[] {
  const times: number[] = [];
  let nowMs = START_MS;
  let lastMs: number | undefined;
  while (times.length < count) {
    if (isHeartbeatDue(nowMs, lastMs, schedule)) {
      times.push(nowMs);
      lastMs = nowMs;
    }
    nowMs = nextBeatMs(nowMs, schedule);
  }
  return times;
}

describe('heartbeats', () => {
  it('are N in N intervals, and two are 0.8 to 1.2 intervals apart', () => {
    fc.assert(
      fc.property(anySchedule, (schedule) => {
        const times = beatTimes(schedule, 102).slice(1);
        const gaps = times.slice(1).map((time, index) => (time - (times[index] ?? 0)) / schedule.intervalMs);
        for (const gap of gaps) {
          expect(gap).toBeGreaterThan(0.799);
          expect(gap).toBeLessThan(1.201);
        }
        const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
        expect(Math.abs(mean - 1)).toBeLessThan(0.0021);
      }),
      { numRuns: 50 },
    );
  });

  it('of installations that start together come at different times', () => {
    const next = (jitterSeed: string) => nextBeatMs(START_MS, { intervalMs: 300_000, jitterSeed });
    const times = new Set(Array.from({ length: 50 }, (_, index) => next(`installation ${index}`)));
    expect(times.size).toBeGreaterThan(45);
    expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(150_000);
  });

  it('come at irregular times for one installation', () => {
    const times = beatTimes({ intervalMs: 300_000, jitterSeed: 'one' }, 20).slice(1);
    const gaps = new Set(times.slice(1).map((time, index) => time - (times[index] ?? 0)));
    expect(gaps.size).toBeGreaterThan(15);
  });

  it('that were missed are not made up for: one is due, however long it was', () => {
    fc.assert(
      fc.property(anySchedule, fc.integer({ min: 1, max: 1_000 }), (schedule, missed) => {
        // Up to half an interval before one is due another stands for it, and the one after that comes 1.2 later at most.
        const nowMs = START_MS + (missed * 1.5 + 0.25) * schedule.intervalMs;
        expect(isHeartbeatDue(nowMs, START_MS, schedule)).toBe(true);
        expect(isHeartbeatDue(nowMs, nowMs, schedule)).toBe(false);
      }),
    );
  });

  it('go on when the clock was set back by days, and are not doubled by seconds', () => {
    fc.assert(
      fc.property(anySchedule, (schedule) => {
        const { intervalMs } = schedule;
        expect(isHeartbeatDue(START_MS, START_MS + 2 * intervalMs, schedule)).toBe(true);
        expect(isHeartbeatDue(START_MS, START_MS + intervalMs / 4, schedule)).toBe(false);
      }),
    );
  });

  it('are planned for later than now, within one and two tenths of an interval', () => {
    fc.assert(
      fc.property(anySchedule, fc.integer({ min: 0, max: 10 ** 12 }), (schedule, offsetMs) => {
        const waitMs = nextBeatMs(START_MS + offsetMs, schedule) - START_MS - offsetMs;
        expect(waitMs).toBeGreaterThan(0);
        expect(waitMs).toBeLessThanOrEqual(1.2 * schedule.intervalMs + 1);
      }),
    );
  });
});
