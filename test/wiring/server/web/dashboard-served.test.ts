import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openOperator } from '../../../../src/server/operator/index.js';
import { type Server, startServer } from '../../../../src/server/serve/index.js';
import { DASHBOARD_PATH, REPORT_HEADERS, VENDOR_PATHS } from '../../../../src/server/wire/index.js';
import { lastCompleteDateUtc } from '../../../../src/server/wire/reports/index.js';
import { createDirectory } from '../../../support/directories.js';
import { buildDaily, buildHeartbeat } from '../../../support/reports.js';
import { post } from '../vendor/support.js';

const KEY = 'a-key-for-reading.0123456789';

let dataDirectory: string;
let server: Server;
beforeAll(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'sotto-dashboard-'));
  const services = { databaseUrl: undefined, dataDirectory, vendorReadKey: KEY };
  server = await startServer({ roles: ['vendor', 'web'], services, port: 0 });
}, 60_000);
afterAll(async () => {
  await server.close();
  await rm(dataDirectory, { recursive: true, force: true });
});

async function signIn() {
  const answer = await fetch(`${server.url}/vendor/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: server.url, 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ token: KEY }),
  });
  expect(answer.status).toBe(303);
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  return (path: string) => fetch(`${server.url}${path}`, { headers: { accept: 'text/html', cookie } });
}

async function createLicense(): Promise<string> {
  await using operator = await openOperator({ databaseUrl: undefined, dataDirectory });
  const { text } = await operator.perform({
    command: 'create_license',
    customerId: 'extend',
    customerName: 'Extend <b>&</b> Co',
    expiresAtMs: null,
    entitlements: { max_teams: -1, max_runs_per_month: -1, features: [] },
  });
  return text;
}

async function send(path: string, licenseKey: string, report: object) {
  const { body } = await post(server, path, licenseKey, report, { [REPORT_HEADERS.revision]: '1' });
  expect(body).toMatchObject({ status: 'accepted' });
}

it('leads from a service that nobody has a licence of to what a customer has reported', async () => {
  const look = await signIn();
  const before = await look('/vendor');
  expect(before.status).toBe(200);
  expect(await before.text()).toContain('sotto license create');

  const licenseKey = await createLicense();
  expect(await (await look('/vendor')).text()).toContain('No report of these days has come.');

  const nowMs = Date.now();
  const date = lastCompleteDateUtc(nowMs);
  await send(VENDOR_PATHS.heartbeat, licenseKey, buildHeartbeat(new Date(nowMs).toISOString()));
  await send(VENDOR_PATHS.analytics, licenseKey, buildDaily(date));

  const after = await look('/vendor?days=7&customer=extend');
  expect(after.status).toBe(200);
  const page = await after.text();
  expect(page).toContain('Extend &lt;b&gt;&amp;&lt;/b&gt; Co');
  expect(page).toContain('1 of 7');
  expect(page).toMatch(new RegExp(`<tr data-day="${date}" data-successful="\\d+"`));
  expect(page).toContain('6 days have no report');

  const file = await look('/vendor/daily.csv?days=7');
  expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="sotto-daily-[\d-]+\.csv"$/);
  const told = await fetch(`${server.url}${DASHBOARD_PATH}/daily.csv`, {
    headers: { authorization: `Bearer ${KEY}` },
  });
  expect(await file.text()).toBe(await told.text());
});

it('is not there without the key for reading', async () => {
  const services = {
    databaseUrl: undefined,
    dataDirectory: createDirectory(),
    configServiceUrl: 'http://127.0.0.1:9',
    vendorReadKey: undefined,
  };
  await using other = await startServer({ roles: ['vendor', 'web'], services, port: 0 });
  expect((await fetch(`${other.url}/vendor/sign-in`)).status).toBe(404);
  expect((await fetch(`${other.url}/settings/sign-in`)).status).toBe(200);
}, 60_000);
