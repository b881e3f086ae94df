/**
 * Events over HTTP into a database, beside a bare COPY of the same events into a table without a key, in turns. Prints events per
 * second. With `stream`, ingest puts them into a stream of a NATS server of its own, and a writer of the same process stores them.
 */
import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from } from 'pg-copy-streams';
import { finish, programArguments } from '../lib/child.mjs';
import { SOTTO } from '../lib/figure.mjs';
import { measureRounds } from '../lib/rounds.mjs';

const [{ dist, rounds, batches, kind, postgresUrl, stream }] = programArguments();
const { startServer } = await import(new URL('server/index.js', dist).href);
const EVENTS_PER_BATCH = 500;
const AT_ONCE = 4;
const NATS_PORT = 42_229;

const name = `sotto_bench_${randomBytes(6).toString('hex')}`;
const admin = new pg.Client({ connectionString: postgresUrl });
let databaseUrl;
if (kind === 'postgresql') {
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  databaseUrl = Object.assign(new URL(postgresUrl), { pathname: `/${name}` }).href;
}
const nats = stream ? await startNats() : undefined;

async function startNats() {
  const options = ['-js', '-sd', process.cwd(), '-a', '127.0.0.1', '-p', NATS_PORT];
  const started = spawn('nats-server', options, { stdio: ['ignore', 'ignore', 'pipe'] });
  started.stderr.resume();
  await once(started.stderr, 'data');
  return started;
}

const server = await startServer({
  roles: stream ? ['ingest', 'writer'] : ['ingest'],
  port: 0,
  services: {
    dataDirectory: process.cwd(),
    databaseUrl,
    ingestStream: stream ? [`nats://127.0.0.1:${NATS_PORT}`] : undefined,
  },
});
const buildBatch = () =>
  Array.from({ length: EVENTS_PER_BATCH }, (_, index) => ({
    uuid: randomUUID(),
    event: `event_${index % 20}`,
    distinct_id: `session_${index % 50}`,
    timestamp: new Date().toISOString(),
    properties: { index, intent: 'DEBUG', duration: '100-200ms', languages: ['go', 'rust'], results: 7 },
  }));

async function post(batch) {
  const body = JSON.stringify({ api_key: 'phc_bench', batch });
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${server.url}/batch/`, { method: 'POST', headers, body });
  if (answer.status === 503) return new Promise((resolve) => setTimeout(resolve, 50)).then(() => post(batch));
  if (answer.status !== 200) throw new Error(`The server answered ${answer.status}.`);
}

const perSecond = (startedAt) => (batches * EVENTS_PER_BATCH * 1_000) / (performance.now() - startedAt);

const countStored = async () => (await (await fetch(`${server.url}/events/counts`)).json()).total;

async function send() {
  const waiting = Array.from({ length: batches }, buildBatch);
  const before = await countStored();
  const startedAt = performance.now();
  const lanes = Array.from({ length: AT_ONCE }, async () => {
    for (let batch = waiting.pop(); batch !== undefined; batch = waiting.pop()) await post(batch);
  });
  await Promise.all(lanes);
  while (stream && (await countStored()) < before + batches * EVENTS_PER_BATCH)
    await new Promise((resolve) => setTimeout(resolve, 20));
  return perSecond(startedAt);
}

const bare = await openBare();
async function openBare() {
  const table =
    'CREATE TABLE bare (uuid uuid, event text, distinct_id text, at text, properties json, received timestamptz)';
  if (kind === 'pglite') {
    const { PGlite } = await import('@electric-sql/pglite');
    const embedded = await PGlite.create({ dataDir: `${process.cwd()}/bare` });
    await embedded.exec(table);
    return (text) => embedded.query("COPY bare FROM '/dev/blob'", [], { blob: new Blob([text]) });
  }
  const client = new pg.Client({ connectionString: databaseUrl });
  // It is still open when the database goes.
  client.on('error', () => {});
  await client.connect();
  await client.query(table);
  return (text) => pipeline([Buffer.from(text)], client.query(from('COPY bare FROM STDIN')));
}

async function copy() {
  const given = Array.from({ length: batches }, buildBatch);
  const startedAt = performance.now();
  for (const batch of given) {
    const rows = batch.map(({ uuid, event, distinct_id, timestamp, properties }) =>
      [uuid, event, distinct_id, timestamp, JSON.stringify(properties), timestamp].join('\t'),
    );
    await bare(`${rows.join('\n')}\n`);
  }
  return perSecond(startedAt);
}

await post(buildBatch());
const result = await measureRounds(rounds, { [SOTTO]: send, COPY: copy });
await server.close();
nats?.kill('SIGKILL');
if (databaseUrl) await admin.query(`DROP DATABASE ${name} WITH (FORCE)`).catch(() => {});
finish(result);
