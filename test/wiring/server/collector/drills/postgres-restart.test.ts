import { describe, expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../../../../src/server/db/index.js';
import { createOrgsApp } from '../../../../../src/server/orgs/index.js';
import { createHealthApp, toDatabaseHealth } from '../../../../../src/server/serve/health.js';
import { startOwnPostgres } from '../../../../support/own-postgres.js';
import { addRuns, createFakeClock, DATE, pauseShortly, START_MS, setStage } from './stage.js';
import { startProcess } from './start-process.js';
import { createWitness, replaceBySummedOrgs } from './summed-orgs.js';
import { answerJson, type VendorDouble } from './vendor-double.js';

/* A real server, which really ends and starts again. */

const MINUTE = 60_000;
const DAY_MS = 24 * 60 * MINUTE;
const WAIT = { timeout: 20_000 };
const UNAVAILABLE = { name: 'RepositoryError', code: 'DATABASE_UNAVAILABLE' };
const SETTINGS = '/api/v1/config/me/org-settings';

/** The stage, and its database on a server that can be restarted. */
async function setStageOnOwnServer() {
  const stage = await setStage();
  const server = await startOwnPostgres();
  const database = await openDatabase({ url: server.url });
  const test = { ...stage.test, database, query: server.query };
  await addRuns(test, 'acme', 12);
  return {
    stage,
    vendor: stage.vendor,
    server,
    database,
    test,
    async [Symbol.asyncDispose]() {
      await stage[Symbol.asyncDispose]();
      await database.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

type Set = Awaited<ReturnType<typeof setStageOnOwnServer>>;

const keysOf = (vendor: VendorDouble) =>
  new Set(vendor.arrivedAt('/telemetry/analytics').map(({ headers }) => headers['idempotency-key']));

/** What the ledger says of daily reports. */
const readStates = ({ server }: Pick<Set, 'server'>) =>
  server.query(`SELECT state FROM sotto_collector.reports WHERE kind = 'daily' ORDER BY period_start`);

/** Waits for what is to be tried again as long as it must, in a 200th of the time. */
const createHurriedClock = () => {
  const beganMs = performance.now();
  const goneMs = () => performance.now() - beganMs;
  return {
    now: () => START_MS + goneMs(),
    monotonic: () => goneMs() * 200,
    random: () => 0,
    sleep: pauseShortly,
  };
};

describe('a server that is restarted while the vendor holds its answer', () => {
  it.each([
    ['answers while it is away', 'away'],
    ['answers when it is back', 'back'],
  ] as const)(
    'which %s, has the day accepted once, and the ledger settled without anybody',
    async (_, moment) => {
      await using set = await setStageOnOwnServer();
      const { stage, vendor, server, database } = set;
      const collector = stage.create({ database, timeoutMs: 30_000, effects: createHurriedClock() });
      const health = createHealthApp([toDatabaseHealth([database]), ...collector.health]);
      const status = async () => (await health.request('/health')).json();
      let letAnswer = () => {};
      const mayAnswer = new Promise<void>((resolve) => {
        letAnswer = resolve;
      });
      let isAnswered = () => {};
      const answered = new Promise<void>((resolve) => {
        isAnswered = resolve;
      });
      vendor.answerWith('/telemetry/analytics', async (response, accept) => {
        vendor.answerWith('/telemetry/analytics', undefined);
        accept();
        await mayAnswer;
        response.once('close', isAnswered);
        answerJson(response, 200, { status: 'accepted', warnings: [] });
      });
      collector.start();
      await vendor.untilArrived('/telemetry/analytics', 1);
      expect(await status()).toEqual({ status: 'ok' });
      await server.stop('immediate');
      await expect.poll(status, WAIT).toEqual({ status: 'degraded' });
      if (moment === 'away') {
        letAnswer();
        await answered;
        await expect.poll(() => stage.linesOf('report_end_not_noted'), WAIT).toHaveLength(1);
      }
      await server.start();
      letAnswer();
      await expect.poll(() => readStates(set), WAIT).toEqual([{ state: 'accepted' }]);
      await expect.poll(status, WAIT).toEqual({ status: 'ok' });
      expect(vendor.acceptedOf('daily')).toHaveLength(1);
      expect(vendor.arrivedAt('/telemetry/analytics')).toHaveLength(moment === 'away' ? 2 : 1);
      expect(keysOf(vendor).size).toBe(1);
      await collector.stop();
      expect(await server.query('SELECT holder FROM sotto_collector.lease')).toEqual([{ holder: null }]);
    },
    MINUTE,
  );

  it(
    'leaves the process alive, which notes what became of it and ends when it is told to',
    async () => {
      await using set = await setStageOnOwnServer();
      const { vendor, server } = set;
      vendor.answerWith('/telemetry/analytics', async (response, accept) => {
        accept();
        await server.restart('immediate');
        answerJson(response, 200, { status: 'accepted', warnings: [] });
      });
      const child = startProcess('on', server.url, vendor.url);
      onTestFinished(() => child.kill('SIGKILL'));
      await expect.poll(() => readStates(set).catch(() => undefined), WAIT).toEqual([{ state: 'accepted' }]);
      child.kill('SIGTERM');
      expect(await child.ended).toMatchObject({ code: 0, signal: null });
      expect(vendor.acceptedOf('daily')).toHaveLength(1);
    },
    MINUTE,
  );
});

describe('a server that is restarted around the question whether to send', () => {
  /** While somebody has this lock nobody starts to send, as while an answer is written. It is waited for half a second at most. */
  const HOLD = 'BEGIN; SELECT pg_advisory_xact_lock_shared(7311003); SELECT pg_sleep(60)';
  const untilLocks = (condition: string) =>
    `DO $$ BEGIN
       WHILE NOT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND ${condition}) LOOP
         PERFORM pg_sleep(0.005);
       END LOOP;
     END $$`;

  it(
    'between the line in the ledger and the question lets nothing leave of an organisation that says no meanwhile',
    async () => {
      await using set = await setStageOnOwnServer();
      const { stage, vendor, server, database, test } = set;
      await addRuns(test, 'globex', 30);
      let hasRestarted = false;
      const collector = stage.create({
        database,
        timeoutMs: 30_000,
        async beforeStart({ path }) {
          if (hasRestarted || path !== '/telemetry/analytics') return;
          hasRestarted = true;
          await server.restart('immediate');
          const change = { orgId: 'globex', telemetryEnabled: false, actor: 'ops' };
          await expect.poll(() => database.orgs.change(change), WAIT).toMatchObject({ status: 'kept' });
        },
      });
      const { days } = await collector.runOnce();
      expect(hasRestarted).toBe(true);
      expect(days).toMatchObject([{ dateUtc: DATE, result: { status: 'accepted', isDuplicate: false } }]);
      expect(vendor.acceptedOf('daily')).toMatchObject([{ body: { analytics: { total_runs: 12 } } }]);
      expect(vendor.arrivedAt('/telemetry/analytics')).toHaveLength(1);
    },
    MINUTE,
  );

  it(
    'while it is asked lets nothing leave, and the day is sent once when it is back',
    async () => {
      await using set = await setStageOnOwnServer();
      const { stage, vendor, server, database } = set;
      let held: Promise<unknown> | undefined;
      let restarted: Promise<unknown> | undefined;
      let nowMs = START_MS;
      const collector = stage.create({
        database,
        timeoutMs: 30_000,
        effects: { now: () => nowMs, monotonic: () => nowMs },
        async beforeStart({ path }) {
          if (restarted !== undefined || path !== '/telemetry/analytics') return;
          held = server.query(HOLD).catch(() => {});
          await server.query(untilLocks('granted'));
          restarted = server.query(untilLocks('NOT granted')).then(() => server.restart('immediate'));
        },
      });
      await collector.runOnce().catch((error: unknown) => expect(error).toMatchObject(UNAVAILABLE));
      await restarted;
      await held;
      expect(vendor.arrivedAt('/telemetry/analytics')).toEqual([]);
      expect(await readStates(set)).toEqual([{ state: 'open' }]);
      await expect.poll(() => database.ping().then(() => 'there'), WAIT).toBe('there');
      nowMs += 300_000;
      expect((await collector.runOnce()).days).toMatchObject([
        { dateUtc: DATE, result: { status: 'accepted', isDuplicate: false } },
      ]);
      expect(vendor.acceptedOf('daily')).toHaveLength(1);
      expect(keysOf(vendor).size).toBe(1);
    },
    MINUTE,
  );
});

describe('organisations that say no while the server is restarted', () => {
  const ORGS = 6;

  it('are answered with 503 or 200, and after a 200 are in no request that begins', async () => {
    await using set = await setStageOnOwnServer();
    const { stage, vendor, server, database, test } = set;
    await replaceBySummedOrgs(test, ORGS);
    const tokens: string[] = [];
    for (let org = 0; org < ORGS; org += 1) {
      const token = { orgId: `org-${org}`, teamNodeId: null, scope: 'admin' } as const;
      tokens.push((await database.tokens.create(token)).text);
    }
    const app = createOrgsApp({
      database,
      enabledByDefault: true,
      minGroup: 2,
      heartbeatIntervalSeconds: 300,
      onFailure: () => {},
    });
    const put = async (org: number) => {
      const headers = { authorization: `Bearer ${tokens[org]}`, 'content-type': 'application/json' };
      const body = JSON.stringify({ telemetry_enabled: false });
      return (await app.request(SETTINGS, { method: 'PUT', headers, body })).status;
    };

    const { begun, acknowledged, onStart, acknowledge, expectNoneAfterTheirNo } = createWitness();
    let beforeNextStart: (() => Promise<unknown>) | undefined;
    let nowMs = START_MS;
    const collector = stage.create({
      database,
      timeoutMs: 30_000,
      effects: { now: () => nowMs, monotonic: () => nowMs },
      async beforeStart({ path }) {
        if (path !== '/telemetry/heartbeat') return;
        const work = beforeNextStart;
        beforeNextStart = undefined;
        await work?.();
      },
      onStart,
    });
    const beat = async () => {
      nowMs += 1_000;
      await collector.runOnce().catch((error: unknown) => expect(error).toMatchObject(UNAVAILABLE));
    };
    await beat();

    const statuses: number[] = [];
    const tryOnce = async (org: number) => {
      const status = await put(org);
      statuses.push(status);
      if (status === 200) acknowledge(org);
    };
    const decide = async (org: number) => {
      while (!acknowledged.has(org)) await tryOnce(org);
    };
    /** The server ends when a no is on its way to it. */
    const decideAtTheEnd = async (org: number) => {
      const trying = tryOnce(org);
      await server.restart('immediate');
      await trying;
      await decide(org);
    };
    /** A report has been counted, and waits to be sent. */
    const decideBeforeStart = (org: number) =>
      new Promise<void>((resolve) => {
        beforeNextStart = async () => {
          await server.stop('fast');
          await tryOnce(org);
          await server.start();
          await decide(org);
          resolve();
        };
      });
    const answering = (async () => {
      for (let org = 0; org < ORGS; org += 1) {
        await (org % 2 === 0 ? decideAtTheEnd(org) : decideBeforeStart(org));
        const known = begun.length;
        if (org < ORGS - 1) await expect.poll(() => begun.length, WAIT).toBeGreaterThan(known);
      }
    })();
    while (acknowledged.size < ORGS) await beat();
    await answering;
    for (let more = 0; more < 3; more += 1) await beat();

    expect(new Set(statuses)).toEqual(new Set([200, 503]));
    expect(begun[0]?.sum).toBe(2 ** ORGS - 1);
    expectNoneAfterTheirNo();
    expect(begun.length).toBeGreaterThanOrEqual(ORGS);
    expect(vendor.arrivedAt('/telemetry/heartbeat')).toHaveLength(begun.length);
  }, 120_000);
});

describe('a server whose processes are all killed', () => {
  const BEATS = 20;
  const DATES = ['2026-01-08', '2026-01-09', DATE];

  it('again and again while heartbeats are sent and days made up for, has each day accepted once', async () => {
    await using set = await setStageOnOwnServer();
    const { stage, vendor, server, database } = set;
    await server.query(
      `INSERT INTO agent_runs (id, org_id, started_at, status)
       SELECT 'run-' || day || '-' || n, 'acme', (day || 'T12:00:00Z')::timestamptz, 'completed'
       FROM unnest(ARRAY['${DATES[0]}', '${DATES[1]}']) day, generate_series(1, 12) n`,
    );
    await database.sends.register(START_MS - 2 * DAY_MS);

    let back: Promise<unknown> = Promise.resolve();
    let kills = 0;
    const killAndStart = async () => {
      kills += 1;
      await server.kill9();
      back = server.start();
    };
    const beats = () => vendor.arrivedAt('/telemetry/heartbeat').length;
    const clock = createFakeClock(START_MS, () => beats() >= BEATS);
    const begun: string[] = [];
    const collector = stage.create({
      database,
      timeoutMs: 30_000,
      effects: {
        ...clock,
        async sleep(durationMs, signal) {
          // The time of the fake clock stands still while the server is away: or it would be over before.
          await back;
          await clock.sleep(durationMs, signal);
        },
      },
      async beforeStart({ path }) {
        begun.push(path);
        // In the question of the second day that is made up for.
        if (begun.filter((one) => one === '/telemetry/analytics').length === 2) await killAndStart();
      },
      onStart({ path }) {
        if (path === '/telemetry/heartbeat' && beats() === 15) back = killAndStart().then(() => back);
      },
    });
    // The vendor has the first of the days, and the tenth heartbeat, before the server ends.
    vendor.answerWith('/telemetry/analytics', async (response, accept) => {
      vendor.answerWith('/telemetry/analytics', undefined);
      accept();
      await killAndStart();
      answerJson(response, 200, { status: 'accepted', warnings: [] });
    });
    vendor.answerWith('/telemetry/heartbeat', async (response, accept) => {
      accept();
      if (beats() === 10) await killAndStart();
      answerJson(response, 200, { status: 'accepted', warnings: [] });
    });
    collector.start();
    await expect.poll(beats, { timeout: 60_000 }).toBe(BEATS);
    await back;
    const settled = DATES.map(() => ({ state: 'accepted' }));
    expect(await readStates(set)).toEqual(settled);
    await collector.stop();

    expect(kills).toBe(4);
    expect(
      vendor
        .acceptedOf('daily')
        .map(({ date }) => date)
        .sort(),
    ).toEqual(DATES);
    for (const { body } of vendor.acceptedOf('daily'))
      expect(body).toMatchObject({ analytics: { total_runs: 12 } });
    const moments = vendor.acceptedOf('heartbeat').map(({ body }) => body.timestamp);
    expect(new Set(moments).size).toBe(BEATS);
  }, 120_000);
});
