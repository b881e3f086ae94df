import { describe, expect, it } from 'vitest';
import { keepPastDays } from '../../../../../src/server/collector/license/index.js';
import { utcMonthAt } from '../../../../../src/server/collector/license/utc-month.js';
import type { Period } from '../../../../../src/server/wire/reports/index.js';

const DAY_MS = 86_400_000;
const at = (text: string) => Date.parse(text);

/** One run in each hour of a year, and a look at what is counted of them. */
function open(now: string) {
  const world = { nowMs: at(now), asked: [] as Period[], fails: false };
  const counts = keepPastDays(
    {
      countTeams: async () => 7,
      async countRuns(period) {
        world.asked.push(period);
        if (world.fails && period.untilMs - period.fromMs === DAY_MS)
          throw new Error('The database is away.');
        return (period.untilMs - period.fromMs) / 3_600_000;
      },
    },
    () => world.nowMs,
  );
  return { world, counts, countMonth: () => counts.countRuns(utcMonthAt(world.nowMs)) };
}

describe('the runs of a month', () => {
  it.each(['2026-01-01T00:00:00Z', '2026-01-02T12:00:00Z', '2026-01-20T12:00:00Z', '2026-01-31T23:59:59Z'])(
    'are all counted, once each, at %s',
    async (now) => {
      const { countMonth } = open(now);
      expect(await countMonth()).toBe(31 * 24);
      expect(await countMonth()).toBe(31 * 24);
    },
  );

  it('are counted again from yesterday on, and day by day before it only once', async () => {
    const { world, countMonth } = open('2026-01-20T12:00:00Z');
    await countMonth();
    expect(world.asked).toHaveLength(1 + 18);
    expect(world.asked.every(({ fromMs, untilMs }) => untilMs - fromMs <= 13 * DAY_MS)).toBe(true);
    await countMonth();
    expect(world.asked.slice(19)).toEqual([
      { fromMs: at('2026-01-19T00:00:00Z'), untilMs: at('2026-02-01T00:00:00Z') },
    ]);
    world.nowMs = at('2026-01-21T00:00:00Z');
    await countMonth();
    expect(world.asked.slice(20)).toEqual([
      { fromMs: at('2026-01-20T00:00:00Z'), untilMs: at('2026-02-01T00:00:00Z') },
      { fromMs: at('2026-01-19T00:00:00Z'), untilMs: at('2026-01-20T00:00:00Z') },
    ]);
  });

  it('are counted once per day by many who ask at the same time', async () => {
    const { world, countMonth } = open('2026-01-20T12:00:00Z');
    await Promise.all(Array.from({ length: 50 }, countMonth));
    expect(world.asked.filter(({ untilMs }) => untilMs <= at('2026-01-19T00:00:00Z'))).toHaveLength(18);
  });

  it('are counted again where counting failed', async () => {
    const { world, countMonth } = open('2026-01-20T12:00:00Z');
    await countMonth();
    world.nowMs = at('2026-01-22T00:00:00Z');
    world.fails = true;
    await expect(countMonth()).rejects.toThrow('The database is away.');
    world.fails = false;
    expect(await countMonth()).toBe(31 * 24);
  });

  it('are those of the month that it is', async () => {
    const { world, countMonth } = open('2026-01-31T12:00:00Z');
    await countMonth();
    world.nowMs = at('2026-02-10T00:00:00Z');
    expect(await countMonth()).toBe(28 * 24);
  });

  it('are not kept of days that were not over, when the clock was ahead and was set back', async () => {
    const { world, countMonth } = open('2026-01-20T12:00:00Z');
    await countMonth();
    world.nowMs = at('2026-01-05T00:00:00Z');
    expect(await countMonth()).toBe(31 * 24);
    world.asked.length = 0;
    world.nowMs = at('2026-01-20T12:00:00Z');
    await countMonth();
    const days = world.asked.slice(1).map(({ fromMs }) => new Date(fromMs).getUTCDate());
    expect(days).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18]);
  });
});

it('counts teams anew each time', async () => {
  expect(await open('2026-01-20T12:00:00Z').counts.countTeams()).toBe(7);
});
