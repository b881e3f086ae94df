import { describe, expect, it } from 'vitest';
import { lastCompleteDateUtc, utcDayAt, utcDayOf } from '../../../../../src/server/wire/reports/index.js';

const MIDNIGHT_MS = Date.parse('2026-03-01T00:00:00Z');
const DAY_MS = 86_400_000;

describe('a UTC day', () => {
  it.each([
    [MIDNIGHT_MS, MIDNIGHT_MS],
    [MIDNIGHT_MS - 1, MIDNIGHT_MS - DAY_MS],
    [MIDNIGHT_MS + DAY_MS - 1, MIDNIGHT_MS],
  ])('holds %i from its midnight on', (nowMs, fromMs) => {
    expect(utcDayAt(nowMs)).toEqual({ fromMs, untilMs: fromMs + DAY_MS });
  });

  it('is found by its date', () => {
    expect(utcDayOf('2026-03-01')).toEqual(utcDayAt(MIDNIGHT_MS));
  });

  it.each(['2026-02-29', '2026-13-01', '2026-3-1', '', 'today', '2026-03-01T00:00:00Z', '+012026-03-01'])(
    'is not %j',
    (dateUtc) => {
      expect(() => utcDayOf(dateUtc)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
    },
  );

  it.each([
    ['2026-03-01T00:00:00.000Z', '2026-02-28'],
    ['2026-03-01T23:59:59.999Z', '2026-02-28'],
    ['2026-01-01T02:00:00.000Z', '2025-12-31'],
  ])('is over at %s, and was %s', (now, expected) => {
    expect(lastCompleteDateUtc(Date.parse(now))).toBe(expected);
  });
});
