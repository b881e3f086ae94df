import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createReportRepository } from '../../../src/server/db/reports/index.js';
import { DATABASE_KINDS } from '../../support/databases.js';
import { openReportsDatabase, type ReportsDatabase } from './databases.js';
import { addNodes, answer } from './three-orgs.js';

/** Every way to decide, by statements as at a prompt. Each one changes what `addAnswers` leaves. */
const WAYS = {
  'the first answer of an organisation': `INSERT INTO org_settings (org_id, telemetry_enabled) VALUES ('new', false)`,
  'an emergency for one': `INSERT INTO org_settings (org_id, telemetry_enabled) VALUES ('acme', false)
    ON CONFLICT (org_id) DO UPDATE SET telemetry_enabled = false`,
  'an emergency for all': 'UPDATE org_settings SET telemetry_enabled = false',
  'an answer that is taken away': `DELETE FROM org_settings WHERE org_id = 'acme'`,
  'a table that is emptied': 'TRUNCATE org_settings',
  'a stop': `INSERT INTO telemetry_stops (stopped_by) VALUES ('operator')`,
  'a stop that is lifted': `UPDATE telemetry_stops SET resumed_at = now(), resumed_by = 'operator' WHERE resumed_at IS NULL`,
};
const ways = Object.entries(WAYS);

async function addAnswers(database: ReportsDatabase): Promise<void> {
  await database.clear();
  await addNodes(database, 'acme');
  await answer(database, 'acme', true, '2025-06-01T00:00:00Z');
  await answer(database, 'globex', true, '2025-06-01T00:00:00Z');
}

describe.each(DATABASE_KINDS)('what was decided, as %s tells it', (kind) => {
  let database: ReportsDatabase;
  beforeAll(async () => {
    database = await openReportsDatabase(kind);
  });
  afterAll(() => database.close());
  beforeEach(() => addAnswers(database));

  it('comes with a report, of the same moment', async () => {
    const rules = { enabledByDefault: true, minGroup: 1 };
    const heartbeat = await database.reports.buildHeartbeat({ ...rules, nowMs: Date.now() });
    const daily = await database.reports.buildDaily({ ...rules, dateUtc: '2026-01-10' });
    expect([heartbeat.decisions, daily.decisions]).toEqual(
      Array(2).fill(await database.reports.readDecisions()),
    );
  });

  it('lets a report start while it holds, once', async () => {
    const starts: number[] = [];
    const decisions = await database.reports.readDecisions();
    expect(await database.reports.startWhileDecided(decisions, () => starts.push(1))).toBe(true);
    expect(starts).toHaveLength(1);
  });

  it.each(ways)('lets no report start that was made before %s', async (_, statement) => {
    if (statement.startsWith('UPDATE telemetry_stops'))
      await database.query(`INSERT INTO telemetry_stops (stopped_by) VALUES ('operator')`);
    const decisions = await database.reports.readDecisions();
    await database.query(statement);
    const starts: number[] = [];
    expect(await database.reports.startWhileDecided(decisions, () => starts.push(1))).toBe(false);
    expect(starts).toHaveLength(0);
    const now = await database.reports.readDecisions();
    expect(await database.reports.startWhileDecided(now, () => starts.push(1))).toBe(true);
  });

  it('is the same again after a no that was taken back, and another after a stop that was lifted', async () => {
    const before = await database.reports.readDecisions();
    await database.query(`UPDATE org_settings SET telemetry_enabled = false WHERE org_id = 'acme'`);
    expect(await database.reports.readDecisions()).not.toBe(before);
    await database.query(`UPDATE org_settings SET telemetry_enabled = true WHERE org_id = 'acme'`);
    expect(await database.reports.readDecisions()).toBe(before);
    await database.database.orgs.stopAll('operator');
    await database.database.orgs.resumeAll('operator');
    expect(await database.reports.readDecisions()).not.toBe(before);
  });

  it('is not trusted by a sender that was held up after it looked', async () => {
    const starts: number[] = [];
    const start = () => starts.push(1);
    const decisions = await database.reports.readDecisions();
    /** A sender by whose two clocks so much time passes after it looked. */
    const startAfter = (monotonicMs: number, wallMs: number) => {
      const [monotonic, wall] = [
        [0, monotonicMs],
        [1_000, 1_000 + wallMs],
      ];
      const clocks = { monotonic: () => monotonic.shift() ?? 0, now: () => wall.shift() ?? 0 };
      return createReportRepository(database.connection, clocks).startWhileDecided(decisions, start);
    };
    expect(await startAfter(101, 101)).toBe(false);
    // A machine that was paused, and a clock that was set back meanwhile.
    expect(await startAfter(5, 60_000)).toBe(false);
    expect(await startAfter(5, -60_000)).toBe(false);
    expect(await startAfter(101, 0)).toBe(false);
    expect(starts).toHaveLength(0);
    expect(await startAfter(100, 100)).toBe(true);
    expect(starts).toHaveLength(1);
  });
});

describe('whoever decides in PostgreSQL', () => {
  let database: ReportsDatabase;
  let url: string;
  beforeAll(async () => {
    database = await openReportsDatabase('postgresql');
    url = String(database.postgres?.url);
  });
  afterAll(() => database.close());
  beforeEach(() => addAnswers(database));

  const open = async () => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    return client;
  };

  /** What becomes of every way to decide, each in a transaction that is given up, and waits for 20 ms at most. */
  const tryEveryWay = (): unknown => {
    const program = `
      const { default: pg } = await import('pg');
      const [url, ...statements] = process.argv.slice(1);
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      const outcomes = [];
      for (const statement of statements) {
        await client.query("BEGIN; SET LOCAL lock_timeout = '20ms'");
        outcomes.push(await client.query(statement).then(() => 'done', (error) => error.code));
        await client.query('ROLLBACK');
      }
      await client.end();
      console.log(JSON.stringify(outcomes));`;
    const args = ['--input-type=module', '-e', program, url, ...Object.values(WAYS)];
    return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
  };

  it('waits while a report is starting, by whatever statement, and no longer', async () => {
    let during: unknown;
    const decisions = await database.reports.readDecisions();
    await database.reports.startWhileDecided(decisions, () => {
      during = tryEveryWay();
    });
    // 55P03: the lock was not to be had in time.
    expect(during).toEqual(ways.map(() => '55P03'));
    expect(tryEveryWay()).toEqual(ways.map(() => 'done'));
  });

  it('waits though another schema has functions of the same names', async () => {
    await database.query(`
      CREATE SCHEMA shadow;
      CREATE FUNCTION shadow.pg_advisory_xact_lock_shared(integer) RETURNS void LANGUAGE sql AS ''`);
    const client = await open();
    await client.query(`SET search_path = shadow, pg_catalog, public; SET lock_timeout = '50ms'`);
    const sender = await open();
    await sender.query('BEGIN; SELECT pg_advisory_xact_lock(7311003)');
    await expect(client.query('UPDATE org_settings SET telemetry_enabled = false')).rejects.toMatchObject({
      code: '55P03',
    });
    await Promise.all([client.end(), sender.end()]);
    await database.query('DROP SCHEMA shadow CASCADE');
  });

  it('is waited for by a report, which then starts only if nothing was changed', async () => {
    for (const [ending, expected] of [
      ['COMMIT', false],
      ['ROLLBACK', true],
    ] as const) {
      const client = await open();
      const decisions = await database.reports.readDecisions();
      await client.query(`BEGIN; UPDATE org_settings SET telemetry_enabled = false WHERE org_id = 'globex'`);
      const starting = database.reports.startWhileDecided(decisions, () => {});
      await expect
        .poll(() => database.query(`SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`))
        .toHaveLength(1);
      await client.query(ending);
      expect(await starting).toBe(expected);
      await client.end();
      await database.query('UPDATE org_settings SET telemetry_enabled = true');
    }
  });

  it('holds up the senders by a change that is left open, and nobody else who decides', async () => {
    const client = await open();
    await client.query(`BEGIN; UPDATE org_settings SET telemetry_enabled = false WHERE org_id = 'globex'`);
    const decisions = await database.reports.readDecisions();
    const starts: number[] = [];
    const starting = database.reports.startWhileDecided(decisions, () => starts.push(1));
    const change = { orgId: 'acme', telemetryEnabled: false, actor: 'team' };
    const [outcome, changed, stopped] = await Promise.all([
      starting.catch((error: unknown) => error),
      database.database.orgs.change(change),
      database.database.orgs.stopAll('operator'),
    ]);
    expect(outcome).toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    expect(starts).toHaveLength(0);
    expect([changed.status, stopped]).toEqual(['kept', true]);
    await client.query('ROLLBACK');
    await client.end();
  });

  it('gets through while a sender hangs, within the time of one statement', async () => {
    const program = `
      const { default: pg } = await import('pg');
      const client = new pg.Client({ connectionString: process.argv[1], statement_timeout: 4000 });
      await client.connect();
      await client.query("UPDATE org_settings SET telemetry_enabled = false");
      console.log(Date.now());
      await client.end();`;
    const decisions = await database.reports.readDecisions();
    const said: string[] = [];
    let ended: Promise<unknown> = Promise.resolve();
    let hungUntilMs = 0;
    const outcome = await database.reports.startWhileDecided(decisions, () => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', program, url]);
      child.stdout.on('data', (bytes) => said.push(String(bytes)));
      ended = once(child, 'close');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3_500);
      hungUntilMs = Date.now();
    });
    await ended;
    // It was called, whatever became of its transaction.
    expect(outcome).toBe(true);
    expect(Number(said.join(''))).toBeGreaterThan(0);
    expect(Number(said.join(''))).toBeLessThan(hungUntilMs);
  });

  it('and empties a table at the same time as others answer and send is in nobody’s way for good', async () => {
    const { orgs } = database.database;
    const outcomes = await Promise.allSettled(
      Array.from({ length: 60 }, async (_, index) => {
        const decisions = await database.reports.readDecisions();
        switch (index % 6) {
          case 0:
            return database.query('TRUNCATE org_settings');
          case 1:
            return database.query('UPDATE org_settings SET telemetry_enabled = NOT telemetry_enabled');
          case 2:
            return orgs.change({ orgId: 'acme', telemetryEnabled: index % 12 > 5, actor: 'team' });
          case 3:
            return index % 12 > 5 ? orgs.stopAll('operator') : orgs.resumeAll('operator');
          default:
            return database.reports.startWhileDecided(decisions, () => {});
        }
      }),
    );
    const failures = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [(outcome.reason as { code?: unknown }).code] : [],
    );
    // A sender may have had to give up; nobody was picked as the victim of a deadlock.
    expect(failures.filter((code) => code !== 'DATABASE_UNAVAILABLE')).toEqual([]);
  });

  it('is acknowledged after the last start of what was made before, however they race', async () => {
    const { orgs } = database.database;
    /** What was acknowledged last. Each no makes another text, as each is of an organisation that had given no answer. */
    const acknowledged = [await database.reports.readDecisions()];
    const wrong: string[] = [];
    let starts = 0;
    let isOver = false;
    const send = async () => {
      try {
        while (!isOver) {
          const decisions = await database.reports.readDecisions();
          await database.reports.startWhileDecided(decisions, () => {
            starts += 1;
            if (acknowledged.slice(0, -1).includes(decisions)) wrong.push(decisions);
          });
        }
      } finally {
        isOver = true;
      }
    };
    const decide = async () => {
      for (let index = 0; index < 80; index += 1) {
        const orgId = `racing-${index}`;
        // However slow the machine is: each no comes between starts.
        const before = starts;
        while (starts === before && !isOver) await new Promise((resolve) => setImmediate(resolve));
        await orgs.register(orgId);
        await orgs.change({ orgId, telemetryEnabled: false, actor: 'team' });
        acknowledged.push('');
        acknowledged[acknowledged.length - 1] = await database.reports.readDecisions();
      }
      isOver = true;
    };
    await Promise.all([send(), send(), send(), decide()]);
    expect(new Set(acknowledged).size).toBe(81);
    expect(starts).toBeGreaterThanOrEqual(80);
    expect(wrong).toEqual([]);
  });
});
