import { expect, it } from 'vitest';
import { createFakeClock, setStage } from './stage.js';

/** A collector that lived through steps of its wall clock, each after so many looks at it. */
async function liveThrough(start: string, steps: readonly string[]) {
  const stage = await setStage();
  const LOOKS = 40;
  let looks = 0;
  const clock = createFakeClock(Date.parse(start), () => looks >= LOOKS * (steps.length + 1));
  const collector = stage.create({
    effects: {
      ...clock,
      async sleep(durationMs, signal) {
        looks += 1;
        await clock.sleep(durationMs, signal);
        const step = looks % LOOKS === 0 ? steps[looks / LOOKS - 1] : undefined;
        if (step !== undefined) clock.set(step);
      },
    },
  });
  collector.start();
  await expect.poll(() => looks, { timeout: 60_000 }).toBeGreaterThanOrEqual(LOOKS * (steps.length + 1));
  await collector.stop();
  return {
    stage,
    dates: stage.vendor.acceptedOf('daily').map(({ date }) => date),
    beats: stage.vendor.acceptedOf('heartbeat').length,
  };
}

it.each([
  ['back over the hour of the day', '2026-01-12T02:06:00Z', ['2026-01-12T01:55:00Z'], ['2026-01-11']],
  ['back by three days', '2026-01-12T05:00:00Z', ['2026-01-09T05:00:00Z'], ['2026-01-11', '2026-01-08']],
  [
    'forward over the hour, as after a sleep of the machine',
    '2026-01-12T01:00:00Z',
    ['2026-01-12T09:00:00Z'],
    ['2026-01-11'],
  ],
  [
    'to and fro by a day',
    '2026-01-12T05:00:00Z',
    ['2026-01-13T05:00:00Z', '2026-01-12T05:00:00Z', '2026-01-13T05:30:00Z'],
    ['2026-01-11', '2026-01-12'],
  ],
])(
  'a clock that is set %s makes no day come twice or go missing, and heartbeats go on',
  async (_, start, steps, dates) => {
    const lived = await liveThrough(start, steps);
    await using _stage = lived.stage;
    expect(lived.dates).toEqual(dates);
    // 40 looks are 13 minutes.
    expect(lived.beats).toBeGreaterThanOrEqual(2 * (steps.length + 1));
    expect(lived.beats).toBeLessThanOrEqual(5 * (steps.length + 1));
  },
  60_000,
);
