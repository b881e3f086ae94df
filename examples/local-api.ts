/** Shows the local API of an app with a GUI: its flag, its user's answer, what is counted, and the bundle they may hand on. */
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { createTelemetry } from 'sotto';
import { createLocalApi, openLocalApiToken } from 'sotto/server';
import { temporaryDirectory } from './support/temporary-directory.js';

await using folder = await temporaryDirectory('sotto-studio-');
await using telemetry = createTelemetry({
  app: 'studio',
  version: '1.4.0',
  // Telemetry exists only where `features.enable_observability` of this file is true.
  umbrellaFlag: true,
  configFile: join(folder.path, 'studio.json'),
  hooks: ['scene:enter'],
  store: { directory: join(folder.path, 'state') },
});

const app = new Hono().route('/api/telemetry', createLocalApi(telemetry));
const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
await new Promise((resolve) => server.once('listening', resolve));
const { port } = server.address() as { port: number };

// What a studio hands to its own window, so that no other page can speak for its user.
const authorization = `Bearer ${openLocalApiToken(telemetry)}`;
async function call(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
  const headers = { authorization, 'content-type': 'application/json' };
  const url = `http://127.0.0.1:${port}/api/telemetry${path}`;
  const response = await fetch(url, { method, headers, body: body ? JSON.stringify(body) : null });
  return (await response.json()) as Record<string, unknown>;
}

const scenes = new EventEmitter();
telemetry.instrument(scenes);
scenes.emit('scene:enter', { scene: 1 });
console.log('before anybody agreed:', (await call('GET', '/summary')).hooks);

await call('PATCH', '/flags', { enable_observability: true });
await call('POST', '/opt_in', { diagnostics: true, dry_run: true });

telemetry.recordFeature('toolkit.launch', 'dark');
scenes.emit('scene:enter', { scene: 2 });
await call('POST', '/events', {
  event: 'modder.asset.saved',
  payload: { asset_id: 'character.hero', author: 'someone@example.com', layers: 12 },
});

const { mode, telemetry_active, dry_run } = await call('GET', '/health');
console.log({ mode, telemetry_active, dry_run });
const { features, hooks } = await call('GET', '/summary');
console.dir({ features, hooks }, { depth: 5 });
console.log((await call('GET', '/events')).events);

server.close();
