import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OrgRepository, openDatabase } from '../../src/server/db/index.js';
import { DATABASE_KINDS, openTestDatabase, type TestDatabase } from '../support/databases.js';

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;

describe.each(DATABASE_KINDS)('the settings of organisations in %s', (kind) => {
  let test: TestDatabase;
  let orgs: OrgRepository;
  beforeAll(async () => {
    test = await openTestDatabase(kind);
    orgs = test.database.orgs;
  }, 60_000);
  afterAll(() => test.close());

  /** A known organisation that no other test has. */
  async function createOrg(): Promise<string> {
    const orgId = `org-${randomUUID()}`;
    await orgs.register(orgId);
    return orgId;
  }

  const auditOf = (orgId: string) =>
    test.query(
      `SELECT changed_by, old_value, new_value FROM org_settings_audit WHERE org_id = '${orgId}' ORDER BY entry_id`,
    );

  /** The periods of an answer, and whether each starts at the moment at which the one before ended. */
  const intervalsOf = (orgId: string) =>
    test.query(
      `SELECT telemetry_enabled AS enabled, valid_until IS NULL AS open,
              valid_from = lag(valid_until) OVER (ORDER BY valid_from) AS follows
       FROM org_telemetry_intervals WHERE org_id = '${orgId}' ORDER BY valid_from`,
    );

  const rowsIn = async (table: string, orgId: string) => {
    const [row] = await test.query(
      `SELECT count(*)::integer AS rows FROM ${table} WHERE org_id = '${orgId}'`,
    );
    return row?.rows;
  };

  /** Whom the audit names for statements of these tests. */
  const promptRole = async () => {
    const [row] = await test.query(`SELECT 'sql:' || session_user AS who`);
    return row?.who;
  };

  describe('as the service changes them', () => {
    it('have no answer at first, and reading writes none', async () => {
      const orgId = await createOrg();
      expect(await orgs.read(orgId)).toEqual({ orgId, answer: undefined, stoppedAt: undefined });
      expect(await rowsIn('org_settings', orgId)).toBe(0);
    });

    it('keep an answer with its time, its actor and its version, and one line of history', async () => {
      const orgId = await createOrg();
      const result = await orgs.change({ orgId, telemetryEnabled: false, actor: 'team_abc123' });
      expect(result).toEqual({ status: 'kept', changed: true, state: await orgs.read(orgId) });
      expect(await orgs.read(orgId)).toEqual({
        orgId,
        answer: {
          telemetryEnabled: false,
          updatedAt: expect.stringMatching(MOMENT),
          updatedBy: 'team_abc123',
          version: 1,
        },
        stoppedAt: undefined,
      });
      expect(await orgs.history(orgId, 10)).toEqual([
        {
          changedAt: (await orgs.read(orgId))?.answer?.updatedAt,
          changedBy: 'team_abc123',
          appliesTo: 'org',
          oldValue: null,
          newValue: false,
        },
      ]);
    });

    it('write nothing for the answer that is there already', async () => {
      const orgId = await createOrg();
      await orgs.change({ orgId, telemetryEnabled: true, actor: 'first' });
      const before = await orgs.read(orgId);
      const again = await orgs.change({ orgId, telemetryEnabled: true, actor: 'second' });
      expect(again).toEqual({ status: 'kept', changed: false, state: before });
      expect(await rowsIn('org_settings_audit', orgId)).toBe(1);
      expect(await rowsIn('org_telemetry_intervals', orgId)).toBe(1);
    });

    it('know nothing of an organisation that is not registered, and make none', async () => {
      const orgId = `ghost-${randomUUID()}`;
      expect(await orgs.change({ orgId, telemetryEnabled: true, actor: 'a' })).toEqual({
        status: 'unknown_org',
      });
      expect(await orgs.read(orgId)).toBeUndefined();
      expect(await rowsIn('org_settings', orgId)).toBe(0);
    });

    it('hold a name of 64 characters of any script, and refuse a longer one', async () => {
      const orgId = '組織🏢'.repeat(22).slice(0, 85);
      expect([...orgId]).toHaveLength(64);
      await orgs.register(orgId);
      await orgs.change({ orgId, telemetryEnabled: false, actor: 'é' });
      expect((await orgs.read(orgId))?.answer?.telemetryEnabled).toBe(false);
      await expect(orgs.register(`${orgId}x`)).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
    });

    it('take a name that looks like SQL for a name', async () => {
      const orgId = `'; DROP TABLE org_settings; --${randomUUID()}`.slice(0, 64);
      await orgs.register(orgId);
      await orgs.change({ orgId, telemetryEnabled: false, actor: `'; SELECT 1; --` });
      expect((await orgs.read(orgId))?.answer).toMatchObject({ updatedBy: `'; SELECT 1; --` });
    });

    it('register once, and keep teams apart from organisations', async () => {
      const orgId = await createOrg();
      await Promise.all([orgs.register(orgId, 'team'), orgs.register(orgId, 'team'), orgs.register(orgId)]);
      expect(await rowsIn('org_nodes', orgId)).toBe(2);
      expect((await orgs.list()).filter((state) => state.orgId === orgId)).toHaveLength(1);
      expect(await orgs.read('team')).toBeUndefined();
    });
  });

  describe('with versions', () => {
    it('take a first answer for version 0, and refuse a second', async () => {
      const orgId = await createOrg();
      const change = { orgId, telemetryEnabled: true, actor: 'a', expectedVersion: 0 };
      expect(await orgs.change(change)).toMatchObject({ status: 'kept', changed: true });
      expect(await orgs.change({ ...change, telemetryEnabled: false })).toMatchObject({
        status: 'stale',
        state: { answer: { telemetryEnabled: true, version: 1 } },
      });
    });

    it('take a change of the version that is there, and of no other', async () => {
      const orgId = await createOrg();
      await orgs.change({ orgId, telemetryEnabled: true, actor: 'a' });
      const off = { orgId, telemetryEnabled: false, actor: 'b' };
      expect(await orgs.change({ ...off, expectedVersion: 2 })).toMatchObject({ status: 'stale' });
      expect(await orgs.change({ ...off, expectedVersion: 1 })).toMatchObject({
        status: 'kept',
        state: { answer: { telemetryEnabled: false, version: 2 } },
      });
      expect(await orgs.change({ ...off, expectedVersion: 1 })).toMatchObject({ status: 'stale' });
      expect(await orgs.change({ ...off, expectedVersion: 2 })).toMatchObject({
        status: 'kept',
        changed: false,
      });
    });

    it('make no first answer for a version that nobody can have seen', async () => {
      const orgId = await createOrg();
      const change = { orgId, telemetryEnabled: true, actor: 'a', expectedVersion: 1 };
      expect(await orgs.change(change)).toMatchObject({ status: 'stale', state: { answer: undefined } });
      expect(await rowsIn('org_settings', orgId)).toBe(0);
    });

    it('do not start again after an answer was taken away', async () => {
      const orgId = await createOrg();
      await orgs.change({ orgId, telemetryEnabled: true, actor: 'a' });
      await test.query(`DELETE FROM org_settings WHERE org_id = '${orgId}'`);
      await orgs.change({ orgId, telemetryEnabled: true, actor: 'a' });
      expect((await orgs.read(orgId))?.answer?.version).toBeGreaterThan(1);
    });
  });

  describe('changed by many at once', () => {
    it('keep one of 50 first answers, and the last acknowledged one', async () => {
      const orgId = await createOrg();
      const results = await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          orgs.change({ orgId, telemetryEnabled: index % 2 === 0, actor: `team_${index}` }),
        ),
      );
      const written = results.flatMap((result) =>
        result.status === 'kept' && result.changed ? [result.state.answer] : [],
      );
      expect(results.every(({ status }) => status === 'kept')).toBe(true);
      expect(await rowsIn('org_settings', orgId)).toBe(1);
      expect(written.map((answer) => answer?.version).sort((a, b) => Number(a) - Number(b))).toEqual(
        written.map((_, index) => index + 1),
      );
      const last = written.find((answer) => answer?.version === written.length);
      expect((await orgs.read(orgId))?.answer).toEqual(last);
      expect(await rowsIn('org_settings_audit', orgId)).toBe(written.length);
      const intervals = await intervalsOf(orgId);
      expect(intervals).toHaveLength(written.length);
      expect(intervals.filter(({ open }) => open)).toHaveLength(1);
      expect(intervals.slice(1).every(({ follows }) => follows === true)).toBe(true);
    });

    it('keep one of 50 first answers for version 0, and call the others stale', async () => {
      const orgId = await createOrg();
      const results = await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          orgs.change({ orgId, telemetryEnabled: index % 2 === 0, actor: 'a', expectedVersion: 0 }),
        ),
      );
      const kept = results.filter(({ status }) => status === 'kept');
      expect(kept).toHaveLength(1);
      expect(results.filter(({ status }) => status === 'stale')).toHaveLength(49);
      expect(kept[0]).toMatchObject({ state: await orgs.read(orgId) });
    });
  });

  describe('changed at a prompt', () => {
    it('follow the emergency SQL for an organisation with and without an answer', async () => {
      const disable = `
        -- Disable for specific org
        INSERT INTO org_settings (org_id, telemetry_enabled)
        VALUES ('extend', false)
        ON CONFLICT (org_id) DO UPDATE SET telemetry_enabled = false;`;
      const enable = `
        -- Enable for specific org
        UPDATE org_settings SET telemetry_enabled = true WHERE org_id = 'extend';`;
      const check = `
        -- Check current status
        SELECT org_id, telemetry_enabled, updated_at FROM org_settings;`;
      await orgs.register('extend');
      const who = await promptRole();

      await test.query(disable);
      const off = (await orgs.read('extend'))?.answer;
      expect(off).toMatchObject({ telemetryEnabled: false, updatedBy: who, version: 1 });
      await test.query(disable);
      expect((await orgs.read('extend'))?.answer).toEqual(off);
      await test.query(enable);
      await test.query(disable);
      expect((await orgs.read('extend'))?.answer).toMatchObject({ telemetryEnabled: false, version: 3 });
      expect(await test.query(check)).toContainEqual(
        expect.objectContaining({ org_id: 'extend', telemetry_enabled: false }),
      );
      expect(await auditOf('extend')).toEqual([
        { changed_by: who, old_value: null, new_value: false },
        { changed_by: who, old_value: false, new_value: true },
        { changed_by: who, old_value: true, new_value: false },
      ]);
      expect(await intervalsOf('extend')).toEqual([
        { enabled: false, open: false, follows: null },
        { enabled: true, open: false, follows: true },
        { enabled: false, open: true, follows: true },
      ]);
    });

    it('follow a statement that turns off everybody, and note it for those who were on', async () => {
      const [on, off] = [await createOrg(), await createOrg()];
      await orgs.change({ orgId: on, telemetryEnabled: true, actor: 'a' });
      await orgs.change({ orgId: off, telemetryEnabled: false, actor: 'a' });
      await test.query('UPDATE org_settings SET telemetry_enabled = false;');
      expect(await rowsIn('org_settings_audit', on)).toBe(2);
      expect(await rowsIn('org_settings_audit', off)).toBe(1);
    });

    it('end a period when an answer is deleted', async () => {
      const orgId = await createOrg();
      await orgs.change({ orgId, telemetryEnabled: true, actor: 'a' });
      await test.query(`DELETE FROM org_settings WHERE org_id = '${orgId}'`);
      expect(await intervalsOf(orgId)).toEqual([{ enabled: true, open: false, follows: null }]);
      expect(await auditOf(orgId)).toEqual([
        { changed_by: 'a', old_value: null, new_value: true },
        { changed_by: await promptRole(), old_value: true, new_value: null },
      ]);
    });

    it('end every period when the table is emptied at once', async () => {
      const orgId = await createOrg();
      await orgs.change({ orgId, telemetryEnabled: true, actor: 'a' });
      await test.query('TRUNCATE org_settings');
      expect(await intervalsOf(orgId)).toEqual([{ enabled: true, open: false, follows: null }]);
    });

    it('are not signed with another name, a time or a version of the writer', async () => {
      const orgId = await createOrg();
      await test.query(
        `INSERT INTO org_settings (org_id, telemetry_enabled, updated_by, updated_at, version)
         VALUES ('${orgId}', true, 'somebody', '2000-01-01', 99)`,
      );
      expect((await orgs.read(orgId))?.answer).toMatchObject({ updatedBy: await promptRole(), version: 1 });
      expect((await orgs.read(orgId))?.answer?.updatedAt).not.toMatch(/^2000/);
    });

    it('do not inherit the actor of the change before', async () => {
      const [first, second] = [await createOrg(), await createOrg()];
      await orgs.change({ orgId: first, telemetryEnabled: true, actor: 'team_a' });
      await Promise.all(
        Array.from({ length: 10 }, () =>
          test.connection.run((queries) =>
            queries.execute(
              `INSERT INTO org_settings (org_id) VALUES ('${second}') ON CONFLICT (org_id) DO NOTHING`,
            ),
          ),
        ),
      );
      expect((await orgs.read(second))?.answer?.updatedBy).toBe(await promptRole());
    });
  });

  describe('after a clock that ran ahead', () => {
    it('hold a no from the moment at which it is given', async () => {
      const orgId = await createOrg();
      await orgs.change({ orgId, telemetryEnabled: true, actor: 'team_a' });
      const ahead = "+ interval '1 hour'";
      await test.query(
        `ALTER TABLE org_settings DISABLE TRIGGER USER;
         UPDATE org_settings SET updated_at = updated_at ${ahead} WHERE org_id = '${orgId}';
         ALTER TABLE org_settings ENABLE TRIGGER USER;
         UPDATE org_telemetry_intervals SET valid_from = valid_from ${ahead} WHERE org_id = '${orgId}'`,
      );
      await orgs.change({ orgId, telemetryEnabled: false, actor: 'team_a' });
      const [no] = await test.query(
        `SELECT valid_from <= clock_timestamp() AS "holdsNow", valid_until IS NULL AS open
         FROM org_telemetry_intervals WHERE org_id = '${orgId}' AND NOT telemetry_enabled`,
      );
      expect(no).toEqual({ holdsNow: true, open: true });
      expect((await orgs.read(orgId))?.answer).toMatchObject({ telemetryEnabled: false, version: 2 });
    });
  });

  describe('while the operator has stopped telemetry', () => {
    it('tell the stop of every organisation, refuse a yes and keep a no', async () => {
      const orgId = await createOrg();
      await orgs.change({ orgId, telemetryEnabled: true, actor: 'a' });
      expect(await orgs.readStop()).toBeUndefined();
      expect(await orgs.stopAll('operator')).toBe(true);
      expect(await orgs.stopAll('operator')).toBe(false);

      const stoppedAt = await orgs.readStop();
      expect(stoppedAt).toMatch(MOMENT);
      expect((await orgs.list()).every((state) => state.stoppedAt === stoppedAt)).toBe(true);
      const yes = await orgs.change({ orgId, telemetryEnabled: true, actor: 'a' });
      expect(yes).toEqual({ status: 'stopped', state: await orgs.read(orgId) });
      expect(await orgs.change({ orgId, telemetryEnabled: false, actor: 'a' })).toMatchObject({
        status: 'kept',
        state: { answer: { telemetryEnabled: false }, stoppedAt },
      });

      expect(await orgs.resumeAll('operator')).toBe(true);
      expect(await orgs.resumeAll('operator')).toBe(false);
      expect(await orgs.read(orgId)).toMatchObject({
        answer: { telemetryEnabled: false },
        stoppedAt: undefined,
      });
      const history = await orgs.history(orgId, 3);
      expect(history.map(({ appliesTo, oldValue, newValue }) => [appliesTo, oldValue, newValue])).toEqual([
        ['all', false, null],
        ['org', true, false],
        ['all', null, false],
      ]);
    });

    it('end stopped when a stop and a yes come at the same moment', async () => {
      const ids = await Promise.all(Array.from({ length: 20 }, createOrg));
      const results = await Promise.all([
        ...ids.slice(0, 10).map((orgId) => orgs.change({ orgId, telemetryEnabled: true, actor: 'a' })),
        orgs.stopAll('operator'),
        ...ids.slice(10).map((orgId) => orgs.change({ orgId, telemetryEnabled: true, actor: 'a' })),
      ]);
      const states = await Promise.all(ids.map((orgId) => orgs.read(orgId)));
      await orgs.resumeAll('operator');
      expect(results).toContain(true);
      expect(states.every((state) => state?.stoppedAt !== undefined)).toBe(true);
    });

    it('are stopped once by ten operators', async () => {
      const stops = await Promise.all(Array.from({ length: 10 }, () => orgs.stopAll('operator')));
      const resumes = await Promise.all(Array.from({ length: 10 }, () => orgs.resumeAll('operator')));
      expect(stops.filter(Boolean)).toHaveLength(1);
      expect(resumes.filter(Boolean)).toHaveLength(1);
    });

    it('are stopped at a prompt too', async () => {
      await test.query('INSERT INTO telemetry_stops DEFAULT VALUES');
      expect(await orgs.readStop()).toMatch(MOMENT);
      const [entry] = await orgs.history('anybody', 1);
      await orgs.resumeAll('operator');
      expect(entry).toMatchObject({ appliesTo: 'all', changedBy: await promptRole(), newValue: false });
    });
  });

  it('tell times in UTC, whatever the time zone of the session', async () => {
    const orgId = await createOrg();
    const startMs = Date.now();
    await inNewYork(async (there) => {
      await there.change({ orgId, telemetryEnabled: false, actor: 'a' });
      expect(await there.read(orgId)).toEqual((await orgs.read(orgId)) ?? 'nothing');
    });
    const updatedMs = Date.parse((await orgs.read(orgId))?.answer?.updatedAt ?? '');
    expect(updatedMs).toBeGreaterThanOrEqual(startMs);
    expect(updatedMs).toBeLessThanOrEqual(Date.now());
  });

  async function inNewYork(work: (there: OrgRepository) => Promise<void>): Promise<void> {
    if (test.postgres === undefined) {
      await test.connection.run((queries) => queries.execute(`SET TIME ZONE 'America/New_York'`));
      await work(orgs);
      await test.connection.run((queries) => queries.execute(`RESET TIME ZONE`));
    } else {
      await using database = await openDatabase({ url: test.postgres.urlInZone('America/New_York') });
      await work(database.orgs);
    }
  }
});
