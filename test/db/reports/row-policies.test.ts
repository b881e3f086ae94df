import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { grantStatements } from '../../../src/server/db/grant-statements.js';
import { type Database, openDatabase } from '../../../src/server/db/index.js';
import { openReportsDatabase, type ReportsDatabase } from './databases.js';
import { addNodes, answer } from './three-orgs.js';

const RULES = { enabledByDefault: true, minGroup: 1, nowMs: Date.now() };

let database: ReportsDatabase;
let collector: Database;
let role: string;
beforeEach(async () => {
  database = await openReportsDatabase('postgresql');
  // Roles belong to the server, not to a database of it.
  role = `sotto_test_${randomBytes(6).toString('hex')}`;
  await database.query(`CREATE ROLE ${role} LOGIN; ${grantStatements(role).join(';')}`);
  await addNodes(database, 'acme');
  await answer(database, 'acme', true, '2025-06-01T00:00:00Z');
  const url = new URL(String(database.postgres?.url));
  url.username = role;
  collector = await openDatabase({ url: url.href, readOnly: true, areas: ['product'] });
});
afterEach(async () => {
  await collector.close();
  await database.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
  await database.close();
});

it('answers that a policy hides from the role of the collector are not taken for none: nothing is made or sent', async () => {
  const before = await collector.reports.buildHeartbeat(RULES);
  expect(before.payload).toBeDefined();
  await database.query(`
    ALTER TABLE org_settings ENABLE ROW LEVEL SECURITY;
    CREATE POLICY own ON org_settings USING (org_id = current_setting('app.org', true))`);
  // 42501: the answer would be affected by the policy.
  const refused = { code: 'DATABASE_FAILED', message: expect.stringContaining('42501') };
  const starts: number[] = [];
  await expect(
    collector.reports.startWhileDecided(before.decisions, () => starts.push(1)),
  ).rejects.toMatchObject(refused);
  expect(starts).toEqual([]);
  await expect(collector.reports.readDecisions()).rejects.toMatchObject(refused);
  await expect(collector.reports.buildHeartbeat(RULES)).rejects.toMatchObject(refused);
  await expect(collector.reports.buildDaily({ ...RULES, dateUtc: '2026-01-10' })).rejects.toMatchObject(
    refused,
  );
});

it('a role that every row is shown to reports as before', async () => {
  await database.query(`
    ALTER TABLE org_settings ENABLE ROW LEVEL SECURITY;
    CREATE POLICY own ON org_settings USING (org_id = current_setting('app.org', true));
    ALTER ROLE ${role} BYPASSRLS`);
  const { payload, decisions } = await collector.reports.buildHeartbeat(RULES);
  expect(payload).toBeDefined();
  expect(await collector.reports.startWhileDecided(decisions, () => {})).toBe(true);
});
