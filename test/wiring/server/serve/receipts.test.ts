import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { startServer } from 'sotto/server';
import { expect, it, onTestFinished } from 'vitest';
import { readServiceSettings, type ServiceSettings } from '../../../../src/settings/index.js';
import { createDirectory } from '../../../support/directories.js';
import { createPostgres } from '../../../support/postgres.js';
import { SIGNING_KEY } from '../../../unit/store/proof/support.js';

const EVENT = {
  uuid: '0198f0c6-0000-7000-8000-000000000001',
  event: 'searched',
  distinct_id: 'someone',
  timestamp: new Date().toISOString(),
  properties: { results: 3 },
};

/** What the role `ingest` answers, when it runs by itself for a moment. */
async function ask(services: Partial<ServiceSettings>) {
  const settings = { ...readServiceSettings({ env: { HOME: '/nonexistent' } }), ...services };
  await using server = await startServer({
    roles: ['ingest'],
    services: settings,
    port: 0,
    logTo: { write: () => {} },
  });
  const answer = await fetch(`${server.url}/batch/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ api_key: 'phc_test', batch: [EVENT] }),
  });
  const { receipt } = (await answer.json()) as { receipt?: string };
  const keys = (await (await fetch(`${server.url}/.well-known/jwks.json`)).json()) as { keys: object[] };
  return { status: answer.status, hasReceipt: receipt !== undefined, ...keys };
}

it('signs with a key of its own beside the embedded database, the same at every start', async () => {
  const directory = createDirectory();
  const first = await ask({ dataDirectory: directory });
  expect(first).toMatchObject({ status: 200, hasReceipt: true, keys: [{ kty: 'OKP' }] });
  expect(readdirSync(directory)).toContain('receipt-key.json');
  expect(statSync(join(directory, 'receipt-key.json')).mode & 0o777).toBe(0o600);
  expect(await ask({ dataDirectory: directory })).toEqual(first);
});

it('signs on a server with the key that the operator names, and otherwise not', async () => {
  const postgres = await createPostgres();
  onTestFinished(() => postgres.drop());
  const directory = createDirectory();
  const server = { databaseUrl: postgres.url, dataDirectory: directory };
  expect(await ask(server)).toEqual({ status: 200, hasReceipt: false, keys: [] });
  expect(readdirSync(directory)).toEqual([]);
  expect(await ask({ ...server, receiptSigningKey: SIGNING_KEY })).toMatchObject({ hasReceipt: true });
});
