import { describe, expect, it } from 'vitest';
import { createFakeClock, DATE, START_MS, type Stage, setStage } from './drills/stage.js';
import { answerJson, type Script } from './drills/vendor-double.js';

const ANALYTICS = '/telemetry/analytics';
const RECEIPT = { status: 'accepted', warnings: [] };

/** The vendor has it, and its answer is lost. */
const acceptAndHangUp: Script = (response, accept) => {
  accept();
  response.destroy();
};
const failRuns = (stage: Stage) =>
  stage.test.query(`UPDATE agent_runs SET status = 'failed' WHERE started_at < '2026-01-11'`);
const kept = (stage: Stage) =>
  stage.vendor
    .acceptedOf('daily')
    .map(({ revision, body }) => [revision, (body.analytics as { failed_runs: number }).failed_runs]);
const outcomes = async (stage: Stage) => {
  const lines = await stage.test.query(
    `SELECT revision, outcome FROM sotto_collector.sends WHERE kind = 'daily' ORDER BY send_id`,
  );
  return lines.map(({ revision, outcome }) => [revision, outcome]);
};

describe('a correction', () => {
  it('of a day whose answer was lost is sent after that day is settled, and is what the vendor has', async () => {
    await using stage = await setStage();
    const collector = stage.create();
    stage.vendor.answerWith(ANALYTICS, acceptAndHangUp);
    await collector.runOnce();
    stage.vendor.answerWith(ANALYTICS, undefined);
    await failRuns(stage);
    expect(await collector.correct(DATE)).toMatchObject({
      status: 'tried',
      revision: 2,
      result: { status: 'accepted', isDuplicate: false },
    });
    expect(kept(stage)).toEqual([
      ['1', 0],
      ['2', 12],
    ]);
    expect(await outcomes(stage)).toEqual([
      [1, 'unknown'],
      [1, 'duplicate'],
      [2, 'accepted'],
    ]);
  });

  it('that is asked for by another process while the day is under way comes after it, as revision 2', async () => {
    await using stage = await setStage();
    let answer = () => {};
    stage.vendor.answerWith(ANALYTICS, (response, accept) => {
      accept();
      answer = () => answerJson(response, 200, RECEIPT);
    });
    const [sender, other] = [stage.create(), stage.create()];
    const sending = sender.runOnce();
    await stage.vendor.untilArrived(ANALYTICS, 1);
    await failRuns(stage);
    expect(await other.correct(DATE)).toEqual({ status: 'requested', dateUtc: DATE, revision: 2 });
    stage.vendor.answerWith(ANALYTICS, undefined);
    answer();
    // The round that was under way looks again, and finds it.
    expect((await sending).days).toMatchObject([
      { revision: 1, result: { status: 'accepted' } },
      { revision: 2, result: { status: 'accepted' } },
    ]);
    expect(kept(stage)).toEqual([
      ['1', 0],
      ['2', 12],
    ]);
  });

  it('that is asked for by another process while the day is counted has the day counted again', async () => {
    await using stage = await setStage();
    const other = stage.create();
    const { reports } = stage.test.database;
    let hasAsked = false;
    const database = {
      ...stage.test.database,
      reports: {
        ...reports,
        async buildDaily(rules: Parameters<typeof reports.buildDaily>[0]) {
          const built = await reports.buildDaily(rules);
          if (hasAsked) return built;
          hasAsked = true;
          await failRuns(stage);
          expect(await other.correct(DATE)).toMatchObject({ status: 'requested' });
          return built;
        },
      },
    };
    expect((await stage.create({ database }).runOnce()).days).toMatchObject([
      { result: { status: 'accepted' } },
    ]);
    expect(kept(stage)).toEqual([['1', 12]]);
  });

  it('of a day that the vendor takes no more is refused, with the number of days', async () => {
    await using stage = await setStage();
    const collector = stage.create();
    await expect(collector.correct('2025-12-11')).rejects.toMatchObject({
      code: 'OPTION_INVALID',
      message: expect.stringMatching(/^The date .* 30 days/),
    });
    expect(await stage.test.query('SELECT kind FROM sotto_collector.reports')).toEqual([]);
    expect(await collector.correct('2025-12-12')).toMatchObject({ status: 'tried', revision: 1 });
  });

  it('of a day that has become too old meanwhile is over when the vendor says so', async () => {
    await using stage = await setStage();
    const clock = createFakeClock(START_MS, () => false);
    const collector = stage.create({ effects: clock });
    await collector.runOnce();
    const stale: Script = (response) => answerJson(response, 409, { code: 'REPORT_STALE' });
    stage.vendor.answerWith(ANALYTICS, stale);
    expect(await collector.correct('2025-12-12')).toMatchObject({
      result: { status: 'failed', reason: 'clock' },
    });
    clock.set('2026-01-12T00:10:00Z');
    await clock.sleep(60_000, new AbortController().signal);
    const { days } = await collector.runOnce();
    expect(days).toContainEqual({
      dateUtc: '2025-12-12',
      revision: 1,
      result: { status: 'refused', httpStatus: 409 },
    });
  });
});

describe('a day that is sent again because its answer was lost', () => {
  it('is shown as the vendor has it, though an organisation has said no since', async () => {
    await using stage = await setStage();
    const clock = createFakeClock(START_MS, () => false);
    const collector = stage.create({ effects: clock });
    stage.vendor.answerWith(ANALYTICS, acceptAndHangUp);
    await collector.runOnce();
    stage.vendor.answerWith(ANALYTICS, undefined);
    await failRuns(stage);
    await clock.sleep(7_200_000, new AbortController().signal);
    expect((await collector.runOnce()).days).toMatchObject([
      { result: { status: 'accepted', isDuplicate: true } },
    ]);
    const shown = (await stage.test.database.sends.sent(10)).filter(({ kind }) => kind === 'daily');
    expect(shown.map(({ payload }) => payload)).toEqual(
      stage.vendor.acceptedOf('daily').map(({ body }) => body),
    );
  });
});

describe('a clock that was a year ahead', () => {
  it.each(['by another process', 'by the same one'])(
    'at the first start holds no day back once it is right, %s',
    async (by) => {
      await using stage = await setStage();
      const clock = createFakeClock(START_MS + 365 * 86_400_000, () => false);
      const ahead = stage.create({ effects: clock });
      await ahead.runOnce();
      clock.nowMs = START_MS;
      const collector = by === 'by the same one' ? ahead : stage.create({ effects: clock });
      expect((await collector.runOnce()).days).toMatchObject([
        { dateUtc: DATE, result: { status: 'accepted' } },
      ]);
    },
  );

  it('in the database, while somebody else had the lease, holds nothing up once it is right', async () => {
    await using stage = await setStage();
    await stage.test.query(
      `INSERT INTO sotto_collector.lease (holder, fence, expires_at)
       VALUES (gen_random_uuid(), 7, clock_timestamp() + interval '365 days')`,
    );
    expect(await stage.create().runOnce()).toMatchObject({
      isSender: true,
      heartbeat: { status: 'accepted' },
    });
  });
});
