import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../../../../src/server/db/index.js';
import { startTcpProxy } from '../../../../support/tcp-proxy.js';
import { DATE, pauseShortly, START_MS, setStage } from './stage.js';
import { answerJson } from './vendor-double.js';

const MINUTE = 60_000;

/** The stage, and its database over a line that can be cut. */
async function setStageBehindLine() {
  const stage = await setStage();
  const url = new URL(stage.test.postgres?.url ?? '');
  const line = await startTcpProxy(Number(url.port || 5432));
  url.port = String(line.port);
  const database = await openDatabase({ url: url.href });
  return {
    stage,
    line,
    database,
    async [Symbol.asyncDispose]() {
      await line.restore();
      await stage[Symbol.asyncDispose]();
      await database.close();
      await line[Symbol.asyncDispose]();
    },
  };
}

/** A connection that was lost shows by the next question over it. */
const untilBack = (database: { ping(): Promise<void> }) =>
  expect.poll(() => database.ping().then(() => 'there'), { timeout: 20_000 }).toBe('there');

describe('a database that goes away', () => {
  it.each(['cut', 'hang'] as const)(
    'between the count and the send (%s) lets nothing leave, and the day is sent once it is back',
    async (how) => {
      await using set = await setStageBehindLine();
      const { stage, line, database } = set;
      let isAway = false;
      let nowMs = START_MS;
      const collector = stage.create({
        database,
        timeoutMs: 30_000,
        effects: { now: () => nowMs },
        async beforeStart() {
          if (isAway) return;
          isAway = true;
          await line[how]();
        },
      });
      await collector
        .runOnce()
        .catch((error: unknown) => expect(error).toMatchObject({ name: 'RepositoryError' }));
      expect(isAway).toBe(true);
      expect(stage.vendor.reports()).toEqual([]);
      await line.restore();
      await untilBack(database);
      nowMs += 300_000;
      // The way back may have left the lease with the process that ended.
      expect(await collector.runOnce()).toMatchObject({
        heartbeat: { status: 'accepted' },
        days: [{ dateUtc: DATE, result: { status: 'accepted', isDuplicate: false } }],
      });
      expect(stage.vendor.acceptedOf('daily')).toHaveLength(1);
    },
    MINUTE,
  );

  it(
    'when the vendor has accepted and before that is noted, has the day sent again with its key: there is one',
    async () => {
      await using set = await setStageBehindLine();
      const { stage, line, database } = set;
      let nowMs = START_MS;
      stage.vendor.answerWith('/telemetry/analytics', async (response, accept) => {
        accept();
        await line.cut();
        answerJson(response, 200, { status: 'accepted', warnings: [] });
      });
      const collector = stage.create({ database, effects: { now: () => nowMs } });
      await collector.runOnce();
      expect(stage.linesOf('report_end_not_noted')).toMatchObject([{ kind: 'daily' }]);
      await line.restore();
      await untilBack(database);
      stage.vendor.answerWith('/telemetry/analytics', undefined);
      nowMs += 300_000;
      expect((await collector.runOnce()).days).toMatchObject([
        { dateUtc: DATE, result: { status: 'accepted', isDuplicate: true } },
      ]);
      expect((await collector.runOnce()).days).toEqual([]);
      expect(stage.vendor.acceptedOf('daily')).toHaveLength(1);
    },
    MINUTE,
  );

  it(
    'shows in the health of a collector that works on, and goes when it is back',
    async () => {
      await using set = await setStageBehindLine();
      const { stage, line, database } = set;
      const collector = stage.create({ database, effects: { now: Date.now, sleep: pauseShortly } });
      const status = async () =>
        (await collector.health.find(({ name }) => name === 'collector')?.read())?.status;
      collector.start();
      await stage.vendor.untilArrived('/telemetry/heartbeat', 1);
      await line.cut();
      await expect.poll(status, { timeout: 20_000 }).toBe('degraded');
      await line.restore();
      await expect.poll(status, { timeout: 20_000 }).toBe('ok');
      expect(stage.linesOf('ledger_unavailable')).toHaveLength(1);
      await collector.stop();
    },
    MINUTE,
  );
});
