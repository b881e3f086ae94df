/**
 * Counting a feature in this process beside an append of a line of the same length, and over HTTP beside an empty route of the same
 * server, in turns. Prints microseconds per call.
 */
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { programArguments } from '../lib/child.mjs';
import { SOTTO } from '../lib/figure.mjs';
import { measureRounds } from '../lib/rounds.mjs';

const [{ dist, rounds, calls }] = programArguments();
const { createTelemetry } = await import(dist);
const { createLocalApi, openLocalApiToken } = await import(new URL('server/index.js', dist).href);
const peer = async (name) => import(pathToFileURL(createRequire(new URL('..', dist)).resolve(name)).href);
const { Hono } = await peer('hono');
const { serve } = await peer('@hono/node-server');

const folder = mkdtempSync(join(tmpdir(), 'sotto-bench-usage-'));
process.env.BENCH_TELEMETRY_ENABLED = 'true';
// Only what is counted is measured: the events beside it are measured by themselves.
const telemetry = createTelemetry({
  app: 'bench',
  dryRun: true,
  events: [],
  store: { directory: join(folder, 'state') },
});
const api = createLocalApi(telemetry, { maxRequestsPerSecond: 1_000_000 });
const app = new Hono().get('/empty', (context) => context.json({ ok: true })).route('/api/telemetry', api);
const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
await once(server, 'listening');
const { port } = server.address();
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const authorization = `Bearer ${openLocalApiToken(telemetry)}`;

const LINE = `${JSON.stringify({ t: Date.now(), kind: 'feature', name: 'toolkit.launch', variant: 'dark' })}\n`;
const appended = join(folder, 'appended.jsonl');

const body = JSON.stringify({ feature: 'toolkit.launch', variant: 'dark' });
const posting = {
  method: 'POST',
  path: '/api/telemetry/features',
  headers: { authorization, 'content-type': 'application/json', 'content-length': body.length },
};

function exchange(options, text) {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, agent, ...options }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`The server answered ${response.statusCode}.`));
      response.resume().once('end', resolve);
    });
    outgoing.once('error', reject).end(text);
  });
}

const STEPS = {
  recordFeature: () => telemetry.recordFeature('toolkit.launch', 'dark'),
  append: () => appendFileSync(appended, LINE),
  post: () => exchange(posting, body),
  empty: () => exchange({ path: '/empty' }),
};

async function time(step) {
  const startedAt = process.hrtime.bigint();
  for (let call = 0; call < calls; call += 1) await step();
  return Number(process.hrtime.bigint() - startedAt) / 1_000 / calls;
}

const WARM_UP_ROUNDS = 3;

async function measure(count) {
  return {
    inProcess: await measureRounds(count, {
      [SOTTO]: () => time(STEPS.recordFeature),
      'an append': () => time(STEPS.append),
    }),
    overHttp: await measureRounds(count, {
      [SOTTO]: () => time(STEPS.post),
      'an empty route': () => time(STEPS.empty),
    }),
  };
}

await measure(WARM_UP_ROUNDS);
const result = await measure(rounds);
process.stdout.write(JSON.stringify(result));
agent.destroy();
server.close();
await telemetry.shutdown();
rmSync(folder, { recursive: true, force: true });
