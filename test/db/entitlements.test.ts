import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectPostgres } from '../../src/server/db/connect-postgres.js';
import { createEntitlementRepository } from '../../src/server/db/entitlements/index.js';
import { DATABASE_KINDS, openTestDatabase, type TestDatabase } from '../support/databases.js';

const JANUARY = { fromMs: Date.parse('2026-01-01'), untilMs: Date.parse('2026-02-01') };

describe.each(DATABASE_KINDS)('what a licence limits, in %s', (kind) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await openTestDatabase(kind);
  });
  afterAll(() => test?.close());
  beforeEach(() =>
    test.query(`DELETE FROM org_settings; DELETE FROM telemetry_stops; TRUNCATE agent_runs, org_nodes`),
  );

  const addRuns = (...startedAt: string[]) =>
    test.query(
      `INSERT INTO agent_runs (id, org_id, started_at) VALUES ${startedAt.map((at, index) => `('run-${index}', 'acme', '${at}')`).join(', ')}`,
    );

  it('is nothing where there is nobody', async () => {
    const { entitlements } = test.database;
    expect(await entitlements.countTeams()).toBe(0);
    expect(await entitlements.countRuns(JANUARY)).toBe(0);
  });

  it('are the teams of all organisations, and no organisations', async () => {
    const { orgs, entitlements } = test.database;
    await orgs.register('acme', 'platform');
    await orgs.register('acme', 'payments');
    await orgs.register('zenith', 'platform');
    await orgs.register('alone');
    expect(await entitlements.countTeams()).toBe(3);
  });

  it('are the runs that started in the period, its first moment included and its last one not', async () => {
    await addRuns(
      '2025-12-31T23:59:59.999Z',
      '2026-01-01T00:00:00Z',
      '2026-01-31T23:59:59.999Z',
      '2026-01-31T20:00:00-04:00',
      '2026-02-01T00:00:00Z',
    );
    expect(await test.database.entitlements.countRuns(JANUARY)).toBe(2);
  });

  it('counts an organisation that is off, and all of them while telemetry is stopped', async () => {
    const { orgs, entitlements } = test.database;
    await orgs.register('acme', 'platform');
    await addRuns('2026-01-11T12:00:00Z');
    await orgs.change({ orgId: 'acme', telemetryEnabled: false, actor: 'operator' });
    await orgs.stopAll('operator');
    expect(await entitlements.countTeams()).toBe(1);
    expect(await entitlements.countRuns(JANUARY)).toBe(1);
  });

  it.runIf(kind === 'postgresql')('is the same in sessions of another time zone', async () => {
    await addRuns('2026-01-01T00:00:00Z', '2026-01-31T23:30:00Z', '2026-02-01T00:00:00Z');
    const connection = await connectPostgres(String(test.postgres?.urlInZone('Pacific/Auckland')));
    expect(await createEntitlementRepository(connection).countRuns(JANUARY)).toBe(2);
    await connection.close();
  });

  it.runIf(kind === 'postgresql')(
    'takes a time without a zone, as the product may have it, as UTC',
    async () => {
      await addRuns('2026-01-01T00:00:00Z', '2026-01-31T23:30:00Z', '2026-02-01T00:00:00Z');
      await test.query(`SET TIME ZONE 'UTC'; ALTER TABLE agent_runs ALTER COLUMN started_at TYPE timestamp`);
      const connection = await connectPostgres(String(test.postgres?.urlInZone('America/New_York')));
      expect(await createEntitlementRepository(connection).countRuns(JANUARY)).toBe(2);
      await connection.close();
    },
  );
});
