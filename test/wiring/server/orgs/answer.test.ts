import { describe, expect, it } from 'vitest';
import { DATABASE_KINDS } from '../../../support/databases.js';
import { ask, get, put, SETTINGS, useServedOrgs } from './support.js';

const ON = { telemetry_enabled: true };
const OFF = { telemetry_enabled: false };
const MICROSECONDS_UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;

describe.each(DATABASE_KINDS)('on %s', (kind) => {
  const served = useServedOrgs(kind, { timeZone: 'America/New_York' });
  const settings = (orgId: string) => served.query(`SELECT * FROM org_settings WHERE org_id = '${orgId}'`);
  const audit = (orgId: string) =>
    served.query(`SELECT changed_by, old_value, new_value FROM org_settings_audit WHERE org_id = '${orgId}'`);

  it('an organisation that has not answered is as the default says, and no row is made', async () => {
    const token = await served.createToken({ orgId: 'silent' });
    const answered = await get(served, token);
    expect(answered).toMatchObject({ status: 200, headers: expect.anything() });
    expect(answered.body).toEqual({ org_id: 'silent', ...ON, updated_at: null, updated_by: null });
    expect(answered.headers.get('etag')).toBe('"0"');
    expect(await settings('silent')).toEqual([]);
  });

  it('a no is kept, told back and written down, with who and when', async () => {
    const token = await served.createToken({ orgId: 'extend', teamNodeId: 'team_abc123' });
    const before = Date.now();
    const answered = await put(served, token, OFF);
    expect(answered).toMatchObject({
      status: 200,
      body: {
        org_id: 'extend',
        ...OFF,
        updated_by: 'team_abc123',
        updated_at: expect.stringMatching(MICROSECONDS_UTC),
      },
    });
    const { updated_at: updatedAt } = answered.body as { updated_at: string };
    // In UTC, whatever the zone of the session is.
    expect(Math.abs(Date.parse(updatedAt) - before)).toBeLessThan(60_000);
    expect(Object.keys(answered.body as object)).toEqual([
      'org_id',
      'telemetry_enabled',
      'updated_at',
      'updated_by',
    ]);
    expect((await get(served, token)).body).toEqual(answered.body);
    expect(await settings('extend')).toMatchObject([{ telemetry_enabled: false, updated_by: 'team_abc123' }]);
    expect(await audit('extend')).toEqual([{ changed_by: 'team_abc123', old_value: null, new_value: false }]);
  });

  it('a token of the organisation itself is named by its id', async () => {
    const token = await served.createToken({ orgId: 'itself' });
    const { body } = await put(served, token, OFF);
    expect(body).toMatchObject({ updated_by: token.split('.')[0] });
  });

  it('the same answer twice changes nothing: not the time, the version or the history', async () => {
    const token = await served.createToken({ orgId: 'twice', teamNodeId: 'one' });
    const other = await served.createToken({ orgId: 'twice', teamNodeId: 'two' });
    const first = await put(served, token, OFF);
    const second = await put(served, other, OFF);
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('etag')).toBe(first.headers.get('etag'));
    expect(await audit('twice')).toHaveLength(1);
  });

  it('50 first answers at once are all kept, one row is made, and the last of them holds', async () => {
    const token = await served.createToken({ orgId: 'crowd' });
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, at) => put(served, token, { telemetry_enabled: at % 2 === 0 })),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(await settings('crowd')).toHaveLength(1);
    const versionOf = ({ headers }: { headers: Headers }) => Number(headers.get('etag')?.replaceAll('"', ''));
    const now = await get(served, token);
    const last = answers.filter((answered) => versionOf(answered) === versionOf(now));
    expect(versionOf(now)).toBe(Math.max(...answers.map(versionOf)));
    for (const { body } of last) expect(body).toEqual(now.body);
    expect(await audit('crowd')).toHaveLength(versionOf(now));
  });

  it('of 50 first answers that each expect to be the first, one is kept', async () => {
    const token = await served.createToken({ orgId: 'race' });
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, at) =>
        put(served, token, { telemetry_enabled: at % 2 === 0 }, { 'if-match': '"0"' }),
      ),
    );
    const kept = answers.filter(({ status }) => status === 200);
    expect(kept).toHaveLength(1);
    for (const { status, body } of answers.filter((answered) => answered !== kept[0]))
      expect({ status, body }).toMatchObject({ status: 412, body: { code: 'ORG_SETTINGS_CHANGED' } });
    expect((await get(served, token)).body).toEqual(kept[0]?.body);
  });

  it('an answer to what somebody else has changed since is refused', async () => {
    const token = await served.createToken({ orgId: 'tags' });
    const seen = (await put(served, token, OFF)).headers.get('etag') ?? '';
    expect(await put(served, token, ON, { 'if-match': seen })).toMatchObject({ status: 200, body: ON });
    for (const tag of [seen, '"0"', `W/${seen}`, 'no tag', '']) {
      const answered = await put(served, token, OFF, { 'if-match': tag });
      expect(answered).toMatchObject({ status: 412, body: { code: 'ORG_SETTINGS_CHANGED' } });
    }
    const now = (await get(served, token)).headers.get('etag') ?? '';
    expect(await put(served, token, ON, { 'if-match': `"9", ${now}` })).toMatchObject({
      status: 200,
      body: ON,
    });
    expect(await put(served, token, OFF, { 'if-match': '*' })).toMatchObject({ status: 200, body: OFF });
  });

  it('what the operator writes in SQL holds at once, and stands in the history', async () => {
    const token = await served.createToken({ orgId: 'emergency' });
    const tag = (await get(served, token)).headers.get('etag');
    await served.query(`
      INSERT INTO org_settings (org_id, telemetry_enabled)
      VALUES ('emergency', false)
      ON CONFLICT (org_id) DO UPDATE SET telemetry_enabled = false;`);
    const off = await get(served, token);
    expect(off.body).toMatchObject({ ...OFF, updated_by: expect.stringMatching(/^sql:/) });
    expect(off.headers.get('etag')).not.toBe(tag);
    await served.query("UPDATE org_settings SET telemetry_enabled = true WHERE org_id = 'emergency';");
    expect((await get(served, token)).body).toMatchObject(ON);
    expect((await ask(`${served.url}${SETTINGS}/changes`, token)).body).toMatchObject({
      changes: [
        { changed_by: expect.stringMatching(/^sql:/), applies_to: 'org', old_value: false, new_value: true },
        { changed_by: expect.stringMatching(/^sql:/), applies_to: 'org', old_value: null, new_value: false },
      ],
    });
  });

  it('the reports are told as they would be sent, and as they were', async () => {
    const token = await served.createToken({ orgId: 'reports', scope: 'read' });
    const next = await ask(`${served.url}/api/v1/config/me/reports/next`, token);
    expect(next).toMatchObject({ status: 200, body: { sends: true, reason: 'counted' } });
    expect((next.body as { reports: { kind: string }[] }).reports.map(({ kind }) => kind)).toEqual([
      'heartbeat',
      'daily',
    ]);
    expect((await ask(`${served.url}/api/v1/config/me/reports`, token)).body).toEqual({ reports: [] });
  });

  it('the operator’s stop holds for all, lets a no through and no yes, and can be lifted', async () => {
    const [yes, silent] = [
      await served.createToken({ orgId: 'willing' }),
      await served.createToken({ orgId: 'quiet' }),
    ];
    await put(served, yes, OFF);
    const before = await put(served, yes, ON);
    await served.database.orgs.stopAll('operator');
    const stopped = await get(served, yes);
    expect(stopped.body).toEqual({ ...(before.body as object), ...OFF });
    expect((await get(served, silent)).body).toMatchObject(OFF);
    expect(stopped.headers.get('etag')).not.toBe(before.headers.get('etag'));
    expect((await ask(`${served.url}/api/v1/config/me`, yes)).body).toMatchObject({
      telemetry_stopped: true,
    });
    expect((await ask(`${served.url}/api/v1/config/me/reports/next`, yes)).body).toMatchObject({
      sends: false,
      reason: 'stopped',
      reports: [{ payload: null }, { payload: null }],
    });

    expect(await put(served, silent, ON)).toMatchObject({ status: 409, body: { code: 'TELEMETRY_STOPPED' } });
    const stale = { 'if-match': before.headers.get('etag') ?? '' };
    expect(await put(served, yes, ON, stale)).toMatchObject({ status: 412 });
    expect(await put(served, silent, OFF)).toMatchObject({ status: 200, body: OFF });

    await served.database.orgs.resumeAll('operator');
    expect((await get(served, yes)).body).toEqual(before.body);
    expect((await get(served, silent)).body).toMatchObject(OFF);
    const { changes } = (await ask(`${served.url}${SETTINGS}/changes`, silent)).body as {
      changes: { applies_to: string; changed_by: string }[];
    };
    expect(changes.map((change) => change.applies_to)).toEqual(['all', 'org', 'all']);
    expect(changes[0]).toMatchObject({ changed_by: 'operator', new_value: null });
  });
});

describe('with the default off', () => {
  const served = useServedOrgs('postgresql', { enabledByDefault: false });

  it('an organisation is not counted until it says yes', async () => {
    const token = await served.createToken({ orgId: 'careful' });
    expect((await get(served, token)).body).toMatchObject({ ...OFF, updated_at: null });
    expect((await put(served, token, ON)).body).toMatchObject(ON);
    expect((await get(served, token)).body).toMatchObject(ON);
  });
});
