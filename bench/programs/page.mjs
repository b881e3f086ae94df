/** A server that has been asked once: a person's own page, or an empty route. Prints the megabytes that the process holds. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { finish, programArguments } from '../lib/child.mjs';

const [{ dist, isOurs }] = programArguments();
const peer = async (name) => import(pathToFileURL(createRequire(new URL('..', dist)).resolve(name)).href);

const { url, path } = isOurs ? await servePage() : await serveEmpty();
const response = await fetch(url + path, { headers: { accept: 'text/html' } });
if (response.status !== 200) throw new Error(`The server answered ${response.status}.`);
await response.text();
// The most it has ever held, as the system counts it.
finish(Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]) / 1_024);

async function servePage() {
  const { createTelemetry } = await import(dist);
  const { startServer } = await import(new URL('server/index.js', dist).href);
  const telemetry = createTelemetry({ app: 'bench' });
  const server = await startServer({ roles: ['local-api', 'web'], telemetry, port: 0 });
  return { url: server.url, path: '/' };
}

async function serveEmpty() {
  const { Hono } = await peer('hono');
  const { serve } = await peer('@hono/node-server');
  const app = new Hono().get('/', (context) => context.html('<p>'));
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
  await new Promise((resolve) => server.once('listening', resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, path: '/' };
}
