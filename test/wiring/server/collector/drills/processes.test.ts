import { describe, expect, it } from 'vitest';
import { DATE, START_MS, type Stage, setStage } from './stage.js';
import { type CollectorProcess, startProcess } from './start-process.js';
import { answerJson } from './vendor-double.js';

const MINUTE = 60_000;

const urlOf = (stage: Stage) => stage.test.postgres?.url ?? '';
/** As the minute after a process was killed. */
const letLeaseRunOut = (stage: Stage) =>
  stage.test.query(`UPDATE sotto_collector.lease SET expires_at = now() - interval '1 second'`);

describe('a collector that is killed', () => {
  it(
    'when the vendor has the day and before it could note so, sends it again with its key: there is one',
    async () => {
      await using stage = await setStage();
      const { vendor } = stage;
      let child: CollectorProcess | undefined;
      vendor.answerWith('/telemetry/analytics', (_response, accept) => {
        accept();
        child?.kill('SIGKILL');
      });
      child = startProcess('once', urlOf(stage), vendor.url);
      expect((await child.ended).signal).toBe('SIGKILL');
      expect(stage.vendor.acceptedOf('daily')).toHaveLength(1);
      expect(
        await stage.test.query(
          `SELECT state, outcome FROM sotto_collector.sends JOIN sotto_collector.reports USING (kind, period_start, revision)
           WHERE kind = 'daily'`,
        ),
      ).toEqual([{ state: 'open', outcome: null }]);

      vendor.answerWith('/telemetry/analytics', undefined);
      const late = stage.create({ effects: { now: () => START_MS + MINUTE } });
      expect(await late.runOnce()).toMatchObject({ isSender: false, heartbeat: undefined, days: [] });
      await letLeaseRunOut(stage);
      expect(await late.runOnce()).toMatchObject({
        isSender: true,
        days: [{ dateUtc: DATE, result: { status: 'accepted', isDuplicate: true } }],
      });
      expect(stage.vendor.acceptedOf('daily')).toHaveLength(1);
      const attempts = vendor.arrivedAt('/telemetry/analytics');
      expect(new Set(attempts.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
      expect(attempts).toHaveLength(2);
      expect((await late.runOnce()).days).toEqual([]);
    },
    MINUTE,
  );
});

describe('two collectors of one installation', () => {
  it(
    'in two processes send one heartbeat and the day once, and end when they are told to',
    async () => {
      await using stage = await setStage();
      const children = [1, 2].map(() => startProcess('on', urlOf(stage), stage.vendor.url));
      await stage.vendor.untilArrived('/telemetry/analytics', 1);
      // Both have looked: each asks for the licence first.
      await stage.vendor.untilArrived('/validate-license', 2);
      await expect
        .poll(() => stage.test.query(`SELECT state FROM sotto_collector.reports WHERE kind = 'daily'`))
        .toEqual([{ state: 'accepted' }]);
      for (const child of children) child.kill('SIGTERM');
      for (const { ended } of children) expect(await ended).toMatchObject({ code: 0, signal: null });
      expect(stage.vendor.reports().map(({ path }) => path)).toEqual([
        '/telemetry/heartbeat',
        '/telemetry/analytics',
      ]);
      expect(await stage.test.query('SELECT holder FROM sotto_collector.lease')).toEqual([{ holder: null }]);
    },
    MINUTE,
  );

  it('that run at the same moment, ten of them, send the day once', async () => {
    await using stage = await setStage();
    const collectors = Array.from({ length: 10 }, () => stage.create());
    await Promise.all(collectors.map((collector) => collector.runOnce()));
    expect(stage.vendor.acceptedOf('daily')).toHaveLength(1);
    expect(stage.vendor.arrivedAt('/telemetry/analytics')).toHaveLength(1);
  });

  it('change places when the lease of the one runs out: what it would still send is withheld', async () => {
    await using stage = await setStage();
    const second = stage.create({ effects: { now: () => START_MS + 1_000 } });
    let isFirst = true;
    const first = stage.create({
      async beforeStart() {
        if (!isFirst) return;
        isFirst = false;
        await letLeaseRunOut(stage);
        expect(await second.runOnce()).toMatchObject({ isSender: true, heartbeat: { status: 'accepted' } });
        // The second has given it back: somebody else has it now.
        await stage.test.database.sends.takeLease('8f14e45f-ceea-467f-9575-6a8a6b1e2f3d', MINUTE);
      },
    });
    expect((await first.runOnce()).heartbeat).toEqual({ status: 'withheld', reason: 'lease' });
    expect(stage.vendor.reports().map(({ path }) => path)).toEqual([
      '/telemetry/heartbeat',
      '/telemetry/analytics',
    ]);
  });

  it('share a correction: the one that does not send asks the other', async () => {
    await using stage = await setStage();
    const sending = stage.create();
    const asking = stage.create();
    await sending.runOnce();
    await stage.test.database.sends.takeLease('8f14e45f-ceea-467f-9575-6a8a6b1e2f3d', MINUTE);
    expect(await asking.correct(DATE)).toEqual({ status: 'requested', dateUtc: DATE, revision: 2 });
    await letLeaseRunOut(stage);
    await sending.runOnce();
    expect(stage.vendor.acceptedOf('daily').map(({ revision }) => revision)).toEqual(['1', '2']);
  });
});

describe('a collector that is stopped while it sends', () => {
  it.each([
    ['finishes when the vendor answers in time', true],
    ['gives up when the vendor does not, and sends nothing twice after it', false],
  ])(
    '%s',
    async (_, doesAnswer) => {
      await using stage = await setStage();
      const { vendor } = stage;
      let stopping: Promise<void> | undefined;
      const collector = stage.create({ timeoutMs: 30_000 });
      vendor.answerWith('/telemetry/analytics', (response, accept) => {
        accept();
        stopping = collector.stop();
        if (doesAnswer) answerJson(response, 200, { status: 'accepted', warnings: [] });
      });
      collector.start();
      await vendor.untilArrived('/telemetry/analytics', 1);
      await stopping;
      await collector.stop();
      vendor.answerWith('/telemetry/analytics', undefined);
      const [line] = await stage.test.query(
        `SELECT outcome, state FROM sotto_collector.sends JOIN sotto_collector.reports USING (kind, period_start, revision)
         WHERE kind = 'daily'`,
      );
      expect(line).toEqual(
        doesAnswer ? { outcome: 'accepted', state: 'accepted' } : { outcome: 'unknown', state: 'open' },
      );
      expect(await stage.test.query('SELECT holder FROM sotto_collector.lease')).toEqual([{ holder: null }]);

      const { days } = await stage.create({ effects: { now: () => START_MS + MINUTE } }).runOnce();
      expect(days.map(({ result }) => result.status)).toEqual(doesAnswer ? [] : ['accepted']);
      expect(stage.vendor.acceptedOf('daily')).toHaveLength(1);
    },
    MINUTE,
  );

  it('before the connection stands lets nothing leave', async () => {
    await using stage = await setStage();
    const collector = stage.create({
      beforeStart: () => {
        void collector.stop();
        return new Promise((resolve) => setTimeout(resolve, 4_000));
      },
    });
    collector.start();
    await expect
      .poll(() => stage.linesOf('report_withheld'), { timeout: 15_000 })
      .toMatchObject([{ kind: 'heartbeat', reason: 'stopping' }]);
    expect(stage.vendor.reports()).toEqual([]);
  });
});
