import { createTestClock } from 'sotto/testing';
import { describe, expect, it } from 'vitest';

describe('a test clock', () => {
  it('stands still until it is moved', () => {
    const clock = createTestClock(1_000);
    expect([clock.now(), clock.now()]).toEqual([1_000, 1_000]);
    clock.advanceMs(500);
    expect(clock.now()).toBe(1_500);
    clock.set(200);
    expect(clock.now()).toBe(200);
  });

  it('never goes back where durations are measured', () => {
    const clock = createTestClock(1_000);
    clock.advanceMs(500);
    clock.set(0);
    expect(clock.monotonicNow()).toBe(500);
    clock.set(100);
    expect(clock.monotonicNow()).toBe(600);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses %s', (ms) => {
    const clock = createTestClock();
    expect(() => clock.set(ms)).toThrow(RangeError);
    expect(() => clock.advanceMs(ms)).toThrow(RangeError);
    expect(() => clock.advanceMs(-1)).toThrow(RangeError);
  });
});
