/** Shows the way of a report: a licence, runs, the bytes before they leave, and a stop after which nothing does. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openOperator, startServer } from 'sotto/server';

const dataDirectory = await mkdtemp(join(tmpdir(), 'sotto-example-'));
// In earnest these are two installations, each with a PostgreSQL database.
const services = { dataDirectory, databaseUrl: undefined };
const yesterdayMs = Date.now() - 24 * 60 * 60 * 1000;

// `sotto license create --customer acme`, and what the product does by itself: it keeps its runs.
const first = await startServer({ roles: ['orgs'], port: 0, services });
const vendor = await openOperator(services);
const { text: licenseKey } = await vendor.perform({
  command: 'create_license',
  customerId: 'acme',
  customerName: 'Acme Corp',
  expiresAtMs: null,
  entitlements: { max_teams: 25, max_runs_per_month: -1, features: [] },
});
const runs = Array.from({ length: 12 }, (_, index) => ({
  id: `run-${index}`,
  orgId: 'extend',
  agentName: index < 6 ? 'planner' : 'acme-payroll-bot',
  triggerSource: 'webhook',
  triggerMessage: 'Why was the salary of Ms Sommer paid twice?',
  startedAtMs: yesterdayMs,
  status: 'completed',
  durationSeconds: 10,
}));
await first.runs?.add(runs);
await vendor[Symbol.asyncDispose]();
await first.close();

// `sotto serve --roles collector,vendor`. It sends by itself; what follows is for those who look.
const server = await startServer({
  roles: ['collector', 'vendor'],
  port: first.port,
  services: { ...services, vendorServiceUrl: first.url, vendorLicenseKey: licenseKey },
  logTo: { write: () => {} },
});

// `sotto collector preview`, byte for byte. An agent of the customer's own is called `other`; no text leaves.
const [, daily] = (await server.collector?.preview()) ?? [];
console.log(JSON.parse(daily?.body ?? '{}'));

console.log('Sent:', (await server.collector?.runOnce())?.heartbeat?.status);

// `sotto org disable --all`.
const operator = await openOperator(services);
await operator.perform({ command: 'stop_all' });
console.log('After a stop:', (await server.collector?.runOnce())?.heartbeat?.status);

await operator[Symbol.asyncDispose]();
await server.close();
await rm(dataDirectory, { recursive: true });
