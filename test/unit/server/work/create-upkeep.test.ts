import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { TelemetryError } from '../../../../src/internal/index.js';
import type { PartHealth } from '../../../../src/server/observe/index.js';
import { createUpkeep } from '../../../../src/server/work/create-upkeep.js';

const HOUR_MS = 3_600_000;
const NOTHING = { partsMade: 0, partsDropped: 0, rowsDeleted: 0 };

/** Rounds until one of them is the last. @param outcomes - what each of them comes to */
async function keepUp(outcomes: readonly (typeof NOTHING | Error)[], random = 0.5) {
  const lines: unknown[] = [];
  const ranAtMs: number[] = [];
  const waits: number[] = [];
  const healths: PartHealth[] = [];
  const metrics = new Registry();
  let nowMs = 0;
  let ends: () => void = () => {};
  const hasEnded = new Promise<void>((resolve) => {
    ends = resolve;
  });
  const worker = createUpkeep({
    subject: 'reports',
    async run(atMs) {
      const outcome = outcomes[ranAtMs.length] ?? NOTHING;
      ranAtMs.push(atMs);
      if (outcome instanceof Error) throw outcome;
      return outcome;
    },
    log: {
      info: (...line) => void lines.push(['info', ...line]),
      warn: (...line) => void lines.push(['warn', ...line]),
      error: (...line) => void lines.push(['error', ...line]),
    },
    metrics,
    async pause(durationMs, signal) {
      waits.push(durationMs);
      healths.push(await worker.health.read());
      nowMs += durationMs;
      if (waits.length < outcomes.length) return;
      ends();
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    },
    random: () => random,
    nowMs: () => nowMs,
  });
  worker.start();
  await hasEnded;
  const figures = await metrics.metrics();
  // The last pause is ended by it, and no round comes after.
  await worker.stop();
  return {
    name: worker.health.name,
    lines,
    ranAtMs,
    waits: waits.slice(0, outcomes.length),
    healths,
    figures,
  };
}

describe('the upkeep', () => {
  it('is done at the start and every hour, and a minute after it failed', async () => {
    const { ranAtMs } = await keepUp([NOTHING, NOTHING, new Error('broken'), NOTHING]);
    expect(ranAtMs).toEqual([0, HOUR_MS, 2 * HOUR_MS, 2 * HOUR_MS + 60_000]);
  });

  it.each([
    [0, [3_240_000, 54_000]],
    [1, [3_960_000, 66_000]],
  ])('comes a little sooner or later than that by chance: at %d after %j', async (random, expected) => {
    const { waits } = await keepUp([NOTHING, new Error('broken')], random);
    expect(waits.map(Math.round)).toEqual(expected);
  });

  it('says what it did, and nothing where there was nothing to do', async () => {
    const { lines } = await keepUp([{ partsMade: 3, partsDropped: 1, rowsDeleted: 7 }, NOTHING]);
    expect(lines).toEqual([
      ['info', 'reports_kept_up', { parts_made: 3, parts_dropped: 1, rows_deleted: 7 }],
    ]);
  });

  it('tells the code of a failure, and nothing else of it', async () => {
    const { lines } = await keepUp([
      new TelemetryError('DATABASE_UNAVAILABLE', 'canary of db.internal'),
      new Error('canary of db.internal'),
    ]);
    expect(lines).toEqual([
      ['warn', 'reports_upkeep_failed', { code: 'DATABASE_UNAVAILABLE' }],
      ['warn', 'reports_upkeep_failed', { code: 'SERVER_FAILED' }],
    ]);
  });

  it('is degraded from a failure to the next success, and says when it was done last', async () => {
    const { name, healths } = await keepUp([new Error('broken'), NOTHING, new Error('broken')]);
    const last_upkeep_at = '1970-01-01T00:01:00.000Z';
    expect(name).toBe('reports');
    expect(healths.slice(0, 3)).toEqual([
      { status: 'degraded', details: { last_upkeep_at: null } },
      { status: 'ok', details: { last_upkeep_at } },
      { status: 'degraded', details: { last_upkeep_at } },
    ]);
  });

  it('counts its rounds by how they ended', async () => {
    const { figures } = await keepUp([new Error('broken'), NOTHING, NOTHING]);
    expect(figures).toContain('sotto_reports_upkeep_total{outcome="failed"} 1\n');
    expect(figures).toContain('sotto_reports_upkeep_total{outcome="done"} 2\n');
    expect(figures).toContain('sotto_reports_last_upkeep_timestamp_seconds 3660\n');
  });
});
