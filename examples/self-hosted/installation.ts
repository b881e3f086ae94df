import { createServer } from 'node:net';
import { type AgentRun, openOperator, type Server, startServer } from 'sotto/server';
import { type BusyOrg, generateRuns } from '../support/generate-runs.js';

/** Who works with the product. */
export const ORGS: readonly BusyOrg[] = [
  { orgId: 'extend', teams: ['team_abc123', 'team_platform'], runsPerDay: 900 },
  { orgId: 'umbrella', teams: ['team_ops', 'team_data', 'team_web'], runsPerDay: 1_600 },
  { orgId: 'initech', teams: ['team_sre'], runsPerDay: 300 },
];

export const CUSTOMER = 'acme';
const READ_KEY = 'a-key-for-the-demonstration';
const DAY_MS = 24 * 60 * 60 * 1000;

/** A product's services and its vendor's, in one process: so that everything can be watched. */
export interface Installation extends AsyncDisposable {
  readonly server: Server;
  /** Of each organisation, by its id. */
  readonly tokens: ReadonlyMap<string, string>;
  /** Opens the vendor's side for reading. */
  readonly readKey: string;
  readonly runs: number;
}

/**
 * Set up an installation that has been used for two days.
 *
 * @param dataDirectory - for its database; of this process alone
 * @param onLine - told of each line that the services log
 */
export async function setUpInstallation(
  dataDirectory: string,
  onLine: (line: string) => void,
): Promise<Installation> {
  const services = { ...NOBODY_ELSES, dataDirectory };
  const { tokens, licenseKey, runs } = await prepare(services);
  const port = await findFreePort();
  const server = await startServer({
    roles: ['orgs', 'collector', 'vendor'],
    port,
    services: {
      ...services,
      // In earnest these are two installations, and the vendor's address begins with https.
      vendorServiceUrl: `http://127.0.0.1:${port}`,
      vendorLicenseKey: licenseKey,
      vendorReadKey: READ_KEY,
    },
    logTo: { write: onLine },
  });
  return { server, tokens, readKey: READ_KEY, runs, [Symbol.asyncDispose]: () => server.close() };
}

/** What the machine's own variables may say is of others than this demonstration. */
const NOBODY_ELSES = {
  databaseUrl: undefined,
  collectorDatabaseUrl: undefined,
  internalApiToken: undefined,
  enabledByDefault: true,
  heartbeatIntervalSeconds: 300,
  analyticsHourUtc: 0,
  minGroup: 5,
  proxies: { http: '', https: '', exceptions: '' },
} as const;

/** What an operator, a vendor and the product have done before the collector starts. */
async function prepare(services: typeof NOBODY_ELSES & { readonly dataDirectory: string }) {
  await using server = await startServer({ roles: ['orgs'], port: 0, services });
  await using operator = await openOperator(services);
  const tokens = new Map<string, string>();
  for (const { orgId, teams } of ORGS) {
    for (const teamNodeId of teams) {
      const token = { orgId, teamNodeId, scope: 'admin', expiresAtMs: null } as const;
      tokens.set(orgId, (await operator.perform({ command: 'create_token', ...token })).text);
    }
  }
  const { text: licenseKey } = await operator.perform({
    command: 'create_license',
    customerId: CUSTOMER,
    customerName: 'Acme Corp',
    expiresAtMs: null,
    entitlements: { max_teams: 25, max_runs_per_month: -1, features: [] },
  });
  const runs: readonly AgentRun[] = generateRuns({
    seed: 7,
    fromMs: Date.now() - 2 * DAY_MS,
    untilMs: Date.now(),
    orgs: ORGS,
  });
  await server.runs?.add(runs);
  return { tokens, licenseKey, runs: runs.length };
}

function findFreePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
