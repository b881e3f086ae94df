import { describe, expect, it } from 'vitest';
import { DATABASE_KINDS } from '../../../support/databases.js';
import { createFakeClock, DATE, START_MS, type Stage, setStage } from './drills/stage.js';
import { answerJson } from './drills/vendor-double.js';

const MINUTE_MS = 60_000;
const at = (text: string) => Date.parse(text);

/** Let a collector work from one moment to another, by a clock that runs as fast as it can. */
async function work(stage: Stage, fromMs: number, untilMs: number, settings = {}): Promise<void> {
  let isOver = false;
  const clock = createFakeClock(fromMs, () => isOver || clock.nowMs >= untilMs);
  const collector = stage.create({ ...settings, effects: clock });
  collector.start();
  try {
    await expect.poll(() => clock.nowMs, { timeout: 60_000 }).toBeGreaterThanOrEqual(untilMs);
  } finally {
    isOver = true;
    await collector.stop();
  }
}

/** The embedded database takes seconds to start, and more where others are at work. */
describe.each(DATABASE_KINDS)('a collector over %s', { timeout: 90_000 }, (kind) => {
  it('sends a heartbeat in each interval and the day once, and says so in its log', async () => {
    await using stage = await setStage(kind);
    await work(stage, START_MS, START_MS + 10 * 300_000);
    const beats = stage.vendor.acceptedOf('heartbeat');
    expect(beats.length).toBeGreaterThanOrEqual(10);
    expect(beats.length).toBeLessThanOrEqual(12);
    expect(dates(stage)).toEqual([DATE]);
    expect(stage.lines.slice(0, 6).map(({ event }) => event)).toEqual([
      'license_state_changed',
      'license_validated_startup',
      'telemetry_collector_started',
      'analytics_scheduled',
      'lease_taken',
      'heartbeat_sent',
    ]);
    expect(stage.linesOf('license_validated_startup')).toEqual([
      { event: 'license_validated_startup', customer: 'Acme Corp' },
    ]);
    expect(stage.linesOf('analytics_scheduled')[0]?.next_run).toBe('2026-01-12T02:00:00+00:00');
    expect(stage.linesOf('heartbeat_sent')[0]?.runs_today).toBe(12);
    expect(stage.linesOf('analytics_sent')).toEqual([{ event: 'analytics_sent', date: DATE }]);
    expect(stage.linesOf('heartbeat_sent')).toHaveLength(beats.length);
  });

  it('keeps in the ledger the very bytes that the vendor got, with their keys', async () => {
    await using stage = await setStage(kind);
    await stage.create().runOnce();
    const sent = stage.vendor.reports();
    const rows = await stage.test.query(
      `SELECT send.payload::text AS text, report.idempotency_key::text AS key, report.state, send.outcome, send.http_status
       FROM sotto_collector.sends send JOIN sotto_collector.reports report USING (kind, period_start, revision)
       ORDER BY send_id`,
    );
    expect(rows).toEqual(
      sent.map(({ text, headers }) => ({
        text,
        key: headers['idempotency-key'],
        state: 'accepted',
        outcome: 'accepted',
        http_status: 200,
      })),
    );
    expect(sent.map(({ path, headers }) => [path, headers['sotto-report-revision']])).toEqual([
      ['/telemetry/heartbeat', '1'],
      ['/telemetry/analytics', '1'],
    ]);
    expect(JSON.parse(sent[1]?.text ?? '')).toMatchObject({
      customer_id: 'acme',
      date: DATE,
      analytics: { total_runs: 12, runs_by_agent: { planner: 12 } },
    });
    const told = await stage.test.database.sends.sent(10);
    expect(told.map(({ payload }) => JSON.stringify(payload))).toEqual(
      sent.map(({ text }) => text).reverse(),
    );
  });
});

describe('the daily report', () => {
  it.each([
    ['2026-01-12T01:59:59Z', '2026-01-12T02:00:00+00:00'],
    ['2026-01-12T02:00:00Z', '2026-01-13T02:00:00+00:00'],
    ['2026-01-12T02:00:01Z', '2026-01-13T02:00:00+00:00'],
  ])(
    'of a collector that starts at %s is announced for %s, and sent within minutes of the hour',
    async (start, next) => {
      await using stage = await setStage();
      await work(stage, at(start), at('2026-01-12T02:06:00Z'));
      expect(stage.linesOf('analytics_scheduled')[0]?.next_run).toBe(next);
      expect(dates(stage)).toContain('2026-01-11');
    },
  );

  it('comes once when the collector starts anew right after it', async () => {
    await using stage = await setStage();
    await work(stage, at('2026-01-12T01:50:00Z'), at('2026-01-12T02:06:00Z'));
    await work(stage, at('2026-01-12T02:00:30Z'), at('2026-01-12T02:20:00Z'));
    expect(dates(stage).filter((date) => date === '2026-01-11')).toHaveLength(1);
  });

  it('is made up for after a night and after three days, each day once, and the last day first', async () => {
    await using stage = await setStage();
    await work(stage, START_MS, START_MS + MINUTE_MS);
    await work(stage, at('2026-01-12T05:00:00Z'), at('2026-01-12T05:02:00Z'));
    await work(stage, at('2026-01-16T05:00:00Z'), at('2026-01-16T05:02:00Z'));
    expect(dates(stage)).toEqual([
      DATE,
      '2026-01-11',
      '2026-01-15',
      '2026-01-12',
      '2026-01-13',
      '2026-01-14',
    ]);
  });

  it('stays as it was sent when a run changes later, until it is corrected', async () => {
    await using stage = await setStage();
    const collector = stage.create();
    await collector.runOnce();
    await stage.test.query(`UPDATE agent_runs SET status = 'failed' WHERE id LIKE '%-1'`);
    await collector.runOnce();
    expect(dates(stage)).toEqual([DATE]);
    expect(await collector.correct(DATE)).toMatchObject({
      status: 'tried',
      revision: 2,
      result: { status: 'accepted', isDuplicate: false },
    });
    const daily = stage.vendor.acceptedOf('daily');
    expect(daily.map(({ revision }) => revision)).toEqual(['1', '2']);
    expect(daily[1]?.key).not.toBe(daily[0]?.key);
    expect(daily.map(({ body }) => body.analytics)).toMatchObject([
      { successful_runs: 12, failed_runs: 0 },
      { successful_runs: 11, failed_runs: 1 },
    ]);
  });

  it('of a day that is not over, or is no day, is not corrected', async () => {
    await using stage = await setStage();
    for (const day of ['2026-01-11', '2026-01-12', '2026-02-30', 'yesterday'])
      await expect(stage.create().correct(day)).rejects.toMatchObject({ code: 'OPTION_INVALID' });
    expect(stage.vendor.reports()).toEqual([]);
  });
});

describe('an installation', () => {
  it('of which every organisation is off sends nothing over three cycles, and has its licence checked', async () => {
    await using stage = await setStage();
    await stage.test.database.orgs.change({ orgId: 'acme', telemetryEnabled: false, actor: 'ops' });
    await work(stage, START_MS, START_MS + 3 * 300_000, { licenseCacheTtlSeconds: 300 });
    expect(stage.vendor.reports()).toEqual([]);
    expect(stage.vendor.arrived.length).toBeGreaterThanOrEqual(3);
    expect(await stage.test.query('SELECT kind, state FROM sotto_collector.reports')).toEqual([
      { kind: 'daily', state: 'skipped' },
    ]);
  });

  it('that the operator has stopped sends nothing', async () => {
    await using stage = await setStage();
    await stage.test.database.orgs.stopAll('operator');
    await work(stage, START_MS, START_MS + 3 * 300_000);
    expect(stage.vendor.reports()).toEqual([]);
  });

  it('without a valid licence sends nothing, and begins when it is valid', async () => {
    await using stage = await setStage();
    stage.vendor.answerWith('/validate-license', (response) => answerJson(response, 401, {}));
    const collector = stage.create();
    expect(await collector.runOnce()).toMatchObject({ license: 'invalid', heartbeat: undefined, days: [] });
    expect(stage.vendor.reports()).toEqual([]);
    stage.vendor.answerWith('/validate-license', undefined);
    await collector.license.refresh();
    expect(await collector.runOnce()).toMatchObject({ heartbeat: { status: 'accepted' } });
  });
});

describe('a preview', () => {
  it('shows the very next bytes and headers, and leaves the ledger and the vendor alone', async () => {
    await using stage = await setStage();
    const collector = stage.create();
    const unknown = await collector.preview();
    expect(unknown[0]?.body).toContain('"customer_id":"<customer-id>"');
    expect(stage.vendor.arrived).toEqual([]);
    await collector.license.read();
    const previewed = await collector.preview();
    expect(await stage.test.query('SELECT kind FROM sotto_collector.reports')).toEqual([]);
    await collector.runOnce();
    const sent = stage.vendor.reports();
    expect(previewed.map(({ path, body }) => ({ path, body }))).toEqual(
      sent.map(({ path, text }) => ({ path, body: text })),
    );
    expect(Object.keys(previewed[0]?.headers ?? {})).toEqual(['idempotency-key', 'sotto-report-revision']);
  });

  it('shows no bytes while nobody is counted', async () => {
    await using stage = await setStage();
    await stage.test.database.orgs.stopAll('operator');
    expect((await stage.create().preview()).map(({ body }) => body)).toEqual([undefined, undefined]);
  });
});

describe('a collector', () => {
  it('tells its figures', async () => {
    await using stage = await setStage();
    const collector = stage.create();
    await collector.runOnce();
    const text = await collector.metrics.metrics();
    expect(text).toContain('sotto_collector_reports_total{kind="daily",outcome="accepted"} 1');
    expect(text).toContain('sotto_collector_reports_total{kind="daily",outcome="refused"} 0');
    expect(text).toContain(
      `sotto_collector_last_sent_timestamp_seconds{kind="heartbeat"} ${START_MS / 1_000}`,
    );
    expect(text).toContain('sotto_collector_build_duration_seconds_count{kind="daily"} 1');
    expect(text).toContain('sotto_collector_lease_held 0');
  });

  it('says how it does: what it sent last, and that two heartbeats in a row were not accepted', async () => {
    await using stage = await setStage();
    let nowMs = START_MS;
    const collector = stage.create({ effects: { now: () => nowMs } });
    const read = async () => collector.health.find(({ name }) => name === 'collector')?.read();
    await collector.runOnce();
    const details = { last_heartbeat_at: new Date(START_MS).toISOString(), last_daily_date: DATE };
    expect(await read()).toMatchObject({ status: 'ok', details });
    stage.vendor.answerWith('/telemetry/heartbeat', (response) => answerJson(response, 500, {}));
    const runLater = () => {
      nowMs += 300_000;
      return collector.runOnce();
    };
    await runLater();
    expect(await read()).toMatchObject({ status: 'ok' });
    await runLater();
    expect(await read()).toMatchObject({ status: 'degraded', details });
    stage.vendor.answerWith('/telemetry/heartbeat', undefined);
    await runLater();
    expect(await read()).toMatchObject({ status: 'ok' });
  });
});

function dates(stage: Stage): readonly (string | undefined)[] {
  return stage.vendor.acceptedOf('daily').map(({ date }) => date);
}
