/** Shows an organisation's switch: a token, a no, who said it, and a stop of everybody that outlasts every yes. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openOperator, startServer } from 'sotto/server';

const dataDirectory = await mkdtemp(join(tmpdir(), 'sotto-example-'));
// No server: an embedded database. `sotto serve --roles orgs,web` does the same.
const services = { dataDirectory, databaseUrl: undefined };
const server = await startServer({ roles: ['orgs', 'web'], port: 0, services });

// What `sotto org token create --org extend --team team_abc123 --scope admin` does.
const operator = await openOperator(services);
const { text: token } = await operator.perform({
  command: 'create_token',
  orgId: 'extend',
  teamNodeId: 'team_abc123',
  scope: 'admin',
  expiresAtMs: null,
});

async function ask(path: string, change?: object): Promise<unknown> {
  const response = await fetch(`${server.url}/api/v1/config/me${path}`, {
    method: change ? 'PUT' : 'GET',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(change && { body: JSON.stringify(change) }),
  });
  const { telemetry_enabled, updated_by, code, changes } = (await response.json()) as Record<string, unknown>;
  return changes ?? code ?? { telemetry_enabled, updated_by };
}

console.log('Before an answer:', await ask('/org-settings'));
console.log('A no:', await ask('/org-settings', { telemetry_enabled: false }));
console.log('A yes:', await ask('/org-settings', { telemetry_enabled: true }));

// In an emergency: `sotto org disable --all`. Nobody is counted, and no yes is taken.
await operator.perform({ command: 'stop_all' });
console.log('Stopped:', await ask('/org-settings'));
console.log('A yes meanwhile:', await ask('/org-settings', { telemetry_enabled: true }));

const changes = (await ask('/org-settings/changes')) as readonly { changed_by: string; new_value: boolean }[];
console.log(
  'Newest first:',
  changes.map(({ changed_by, new_value }) => `${changed_by}: ${new_value}`),
);

await operator[Symbol.asyncDispose]();
await server.close();
await rm(dataDirectory, { recursive: true });
