import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type DailySchedule,
  findDueDays,
  findEarliestMs,
  nextDailyRunMs,
  nextDueMs,
} from '../../../../../../src/server/collector/sending/schedule/days.js';
import type { NotedDay, ReportState } from '../../../../../../src/server/db/collector/index.js';

const MINUTE_MS = 60_000;
const at = (text: string) => Date.parse(`2026-${text}Z`);
const schedule: DailySchedule = {
  analyticsHourUtc: 2,
  jitterSeed: 'any',
  firstStartedAtMs: at('01-01T12:00:00'),
};
const noted = (dateUtc: string, state: ReportState, rest: Partial<NotedDay> = {}): NotedDay => ({
  dateUtc: `2026-${dateUtc}`,
  revision: 1,
  state,
  isCorrection: false,
  idempotencyKey: '8f14e45f-ceea-467f-9575-6a8a6b1e2f3d',
  ...rest,
});
const settledUntil = (day: number) =>
  Array.from({ length: day }, (_, index) => noted(`01-${String(index + 1).padStart(2, '0')}`, 'accepted'));
const due = (nowMs: number, days: readonly NotedDay[], changed: Partial<DailySchedule> = {}) =>
  findDueDays(nowMs, days, { ...schedule, ...changed }).map(({ dateUtc }) => dateUtc.slice(5));

describe('the next daily run', () => {
  it.each([
    ['01-12T01:59:59', '2026-01-12T02:00:00.000Z'],
    ['01-12T02:00:00', '2026-01-13T02:00:00.000Z'],
    ['01-12T02:00:01', '2026-01-13T02:00:00.000Z'],
  ])('after a start at %s is %s', (start, next) => {
    expect(new Date(nextDailyRunMs(at(start), schedule)).toISOString()).toBe(next);
  });

  it.each(Array.from({ length: 24 }, (_, hour) => hour))('is at the hour %i, later than now', (hour) => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4 * 10 ** 12 }), (nowMs) => {
        const nextMs = nextDailyRunMs(nowMs, { analyticsHourUtc: hour });
        expect(new Date(nextMs).toISOString().slice(11)).toBe(`${String(hour).padStart(2, '0')}:00:00.000Z`);
        expect(nextMs - nowMs).toBeGreaterThan(0);
        expect(nextMs - nowMs).toBeLessThanOrEqual(24 * 60 * MINUTE_MS);
      }),
      { numRuns: 20 },
    );
  });
});

describe('a day', () => {
  it('is due from the hour of the next one on, within five minutes', () => {
    expect(due(at('01-12T01:59:59'), settledUntil(10))).toEqual([]);
    expect(due(at('01-12T02:05:00'), settledUntil(10))).toEqual(['01-11']);
  });

  it('is due at its own moment for each installation, which is always the same', () => {
    const moments = Array.from({ length: 40 }, (_, index) => {
      const own = { ...schedule, jitterSeed: `installation ${index}` };
      const nowMs = at('01-12T00:30:00');
      const nextMs = nextDueMs(nowMs, own);
      expect(findDueDays(nextMs - 1, settledUntil(10), own)).toEqual([]);
      expect(findDueDays(nextMs, settledUntil(10), own)).toEqual([{ dateUtc: '2026-01-11', revision: 1 }]);
      return nextMs - at('01-12T02:00:00');
    });
    expect(Math.min(...moments)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...moments)).toBeLessThan(5 * MINUTE_MS);
    expect(new Set(moments).size).toBeGreaterThan(35);
  });

  it('that is settled is not due again, whether accepted, refused or skipped', () => {
    for (const state of ['accepted', 'refused', 'skipped'] as const)
      expect(due(at('01-12T05:00:00'), [...settledUntil(10), noted('01-11', state)])).toEqual([]);
    expect(due(at('01-12T05:00:00'), [...settledUntil(10), noted('01-11', 'open')])).toEqual(['01-11']);
  });

  it('is never today, nor one that is not over, whatever is noted', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: at('01-02T00:00:00'), max: at('12-31T23:59:59') }),
        fc.integer({ min: 0, max: 23 }),
        fc.boolean(),
        (nowMs, hour, isCorrection) => {
          const today = new Date(nowMs).toISOString().slice(0, 10);
          const days = [noted(today.slice(5), 'open', { isCorrection })];
          for (const { dateUtc } of findDueDays(nowMs, days, { ...schedule, analyticsHourUtc: hour }))
            expect(dateUtc < today).toBe(true);
        },
      ),
    );
  });
});

describe('days that were missed', () => {
  it('are made up for after the last one, oldest first', () => {
    expect(due(at('01-12T05:00:00'), settledUntil(8))).toEqual(['01-11', '01-09', '01-10']);
  });

  it('are seven at most', () => {
    expect(due(at('02-12T05:00:00'), [])).toEqual([
      '02-11',
      '02-05',
      '02-06',
      '02-07',
      '02-08',
      '02-09',
      '02-10',
    ]);
    expect(new Date(findEarliestMs(at('02-12T05:00:00'), schedule)).toISOString().slice(5, 10)).toBe('02-05');
  });

  it('are none from before the day that was over at the first start', () => {
    const firstStartedAtMs = at('01-10T12:00:00');
    expect(due(at('01-10T12:00:00'), [], { firstStartedAtMs })).toEqual(['01-09']);
    expect(due(at('01-12T12:00:00'), [], { firstStartedAtMs })).toEqual(['01-11', '01-09', '01-10']);
  });

  it('are none at all when the collector was first started before the hour', () => {
    expect(due(at('01-10T01:00:00'), [], { firstStartedAtMs: at('01-10T00:59:00') })).toEqual([]);
  });
});

describe('a correction', () => {
  it('is due after the days, however old it is, as its own revision', () => {
    const old = noted('01-03', 'open', { isCorrection: true, revision: 2 });
    expect(findDueDays(at('02-12T05:00:00'), [old, noted('02-11', 'accepted')], schedule).at(-1)).toEqual({
      dateUtc: '2026-01-03',
      revision: 2,
    });
  });

  it('of a day that is settled already has no second one', () => {
    const settled = noted('01-11', 'accepted', { isCorrection: true, revision: 2 });
    expect(due(at('01-12T05:00:00'), [...settledUntil(10), settled])).toEqual([]);
  });
});
