import { describe, expect, it } from 'vitest';
import { isTimelyDaily, isTimelyHeartbeat } from '../../../../src/server/vendor/receiving/timeliness.js';

const NOW_MS = Date.parse('2026-03-01T00:03:00.000Z');

describe('a heartbeat is of now', () => {
  it.each([
    ['2026-03-01T00:03:00.000Z', true],
    ['2026-02-28T23:48:00.000Z', true],
    ['2026-02-28T23:47:59.999Z', false],
    ['2026-03-01T00:08:00.000Z', true],
    ['2026-03-01T00:08:00.001Z', false],
    ['2025-03-01T00:03:00.000Z', false],
    ['2026-03-01T00:02:59.999999Z', true],
  ])('at %s: %s', (timestamp, expected) => {
    expect(isTimelyHeartbeat(timestamp, NOW_MS)).toBe(expected);
  });
});

describe('a day is over, and not long ago', () => {
  it.each([
    ['2026-02-28', NOW_MS, true],
    ['2026-03-01', NOW_MS, false],
    ['2026-03-02', NOW_MS, false],
    ['2026-01-30', NOW_MS, true],
    ['2026-01-29', NOW_MS, false],
    ['2024-02-28', NOW_MS, false],
    // Whose clock is a little ahead of ours.
    ['2026-02-28', Date.parse('2026-02-28T23:55:00.000Z'), true],
    ['2026-02-28', Date.parse('2026-02-28T23:54:59.999Z'), false],
  ])('%s', (date, nowMs, expected) => {
    expect(isTimelyDaily(date, nowMs)).toBe(expected);
  });
});
