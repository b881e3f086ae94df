import { randomBytes } from 'node:crypto';
import { generateRuns } from '../../../../examples/support/generate-runs.js';
import { openDatabase } from '../../../../src/server/db/index.js';
import { createPostgres, type TestPostgres } from '../../../support/postgres.js';
import { listen, type Sotto } from './sotto.js';

/** Who works with the product; two teams have one name. Nobody of them has answered whether they may be counted. */
export const ORGS = [
  { orgId: 'extend-corp', teams: ['team_abc123', 'team_platform'], runsPerDay: 900 },
  { orgId: 'umbrella-inc', teams: ['team_abc123'], runsPerDay: 600 },
];

const MINUTE_MS = 60 * 1000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** The database of a product that was used for two days. Its tables are made by the settings service, as at an operator's. */
export interface Product extends AsyncDisposable {
  readonly postgres: TestPostgres;
  /** A role that may nothing yet but to connect; gone with the product. */
  readonly role: string;
  readonly roleUrl: string;
}

export async function createProduct(sotto: Sotto): Promise<Product> {
  const postgres = await createPostgres();
  const role = `sotto_test_${randomBytes(6).toString('hex')}`;
  await makeTables(sotto, postgres.url);
  await addOrgs(postgres);
  await addRuns(sotto, postgres.url);
  await postgres.query(`CREATE ROLE ${role} LOGIN`);
  const roleUrl = new URL(postgres.url);
  roleUrl.username = role;
  return {
    postgres,
    role,
    roleUrl: roleUrl.href,
    async [Symbol.asyncDispose]() {
      await postgres.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
      await postgres.drop();
    },
  };
}

async function makeTables(sotto: Sotto, databaseUrl: string): Promise<void> {
  await using settings = await listen(sotto, ['serve', '--roles', 'orgs'], { DATABASE_URL: databaseUrl });
  settings.process.terminate();
  await settings.process.ended;
}

async function addOrgs(postgres: TestPostgres): Promise<void> {
  const nodes = ORGS.flatMap(({ orgId, teams }) => [
    `('${orgId}', '${orgId}', 'org')`,
    ...teams.map((team) => `('${orgId}', '${team}', 'team')`),
  ]);
  await postgres.query(`INSERT INTO org_nodes (org_id, node_id, node_type) VALUES ${nodes.join(', ')}`);
}

async function addRuns(sotto: Sotto, databaseUrl: string): Promise<void> {
  const nowMs = sotto.nowMs();
  const runs = generateRuns({ seed: 11, fromMs: nowMs - 2 * DAY_MS, untilMs: nowMs, orgs: ORGS });
  // An hour ago stays without runs for a while: what was counted in the last hour is then the same until the test is over.
  const isAtTheEdge = (startedAtMs: number) => Math.abs(nowMs - HOUR_MS - startedAtMs) < 20 * MINUTE_MS;
  await using database = await openDatabase({ url: databaseUrl, areas: ['product'] });
  await database.runs.add(runs.filter(({ startedAtMs }) => !isAtTheEdge(startedAtMs)));
}
