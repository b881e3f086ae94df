import { afterAll, beforeAll, expect, it } from 'vitest';
import { startNats, type TestNats } from '../../support/nats.js';
import { createPostgres, type TestPostgres } from '../../support/postgres.js';
import { buildEvent } from '../../unit/server/ingest/build-event.js';
import { createSotto, type Listening, listen, type Sotto } from './support/sotto.js';

const READY_MS = 15_000;

let nats: TestNats;
let database: TestPostgres;
let sotto: Sotto;
beforeAll(async () => {
  nats = await startNats();
  database = await createPostgres();
  sotto = await createSotto({ INGEST_STREAM: nats.url });
});
afterAll(async () => {
  sotto?.[Symbol.dispose]();
  await database?.drop();
  await nats[Symbol.asyncDispose]();
});

const isReady = async ({ url }: Listening) => (await fetch(`${url}/ready`)).status;
const stored = () =>
  database.query('SELECT uuid::text AS uuid, event FROM sotto_vendor.ingest_events ORDER BY event');

async function post({ url }: Listening, ...batch: readonly ReturnType<typeof buildEvent>[]) {
  const answer = await fetch(`${url}/batch/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ api_key: 'phc_test', batch }),
  });
  return { status: answer.status, body: await answer.json() };
}

it('events that one process takes are stored by another, once', async () => {
  const timestamp = new Date().toISOString();
  const opened = buildEvent({ event: 'report_opened', timestamp });
  const closed = buildEvent({ event: 'session_closed', timestamp });

  // It is not told of any database, and leaves nothing on its own disk.
  await using ingest = await listen(sotto, ['serve', '--roles', 'ingest']);
  await expect.poll(() => isReady(ingest), { timeout: READY_MS }).toBe(200);
  expect(await post(ingest, opened)).toEqual({ status: 200, body: { status: 1, queued: 1 } });
  expect(await post(ingest, opened, closed)).toMatchObject({ status: 200 });

  await using writer = await listen(sotto, ['serve', '--roles', 'vendor,writer'], {
    DATABASE_URL: database.url,
  });
  await expect.poll(stored, { timeout: READY_MS }).toEqual([
    { uuid: opened.uuid, event: 'report_opened' },
    { uuid: closed.uuid, event: 'session_closed' },
  ]);
  const metrics = await (await fetch(`${writer.url}/metrics`)).text();
  expect(metrics).toContain('sotto_writer_events_total{outcome="stored"} 2');

  for (const { process } of [ingest, writer]) {
    process.terminate();
    expect(await process.ended).toEqual({ code: 0, signal: null });
    for (const line of process.stdout.trimEnd().split('\n')) expect(JSON.parse(line)).toHaveProperty('event');
    expect(process.stdout).not.toContain(opened.uuid);
  }
});

it('while the stream is away a client is told to keep its events', async () => {
  await using ingest = await listen(sotto, ['serve', '--roles', 'ingest']);
  await expect.poll(() => isReady(ingest), { timeout: READY_MS }).toBe(200);
  await nats.kill();
  expect(await post(ingest, buildEvent({ event: 'report_lost' }))).toMatchObject({ status: 503 });
  await nats.start();
  await expect.poll(() => isReady(ingest), { timeout: READY_MS }).toBe(200);
  expect(
    await post(ingest, buildEvent({ event: 'report_kept', timestamp: new Date().toISOString() })),
  ).toMatchObject({
    status: 200,
  });
});

it('a writer that has no stream does not start, and says what it needs', async () => {
  const { status, stdout, stderr } = await sotto.run(['serve', '--roles', 'writer', '--port', '0'], {
    DATABASE_URL: database.url,
    INGEST_STREAM: '',
  });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^The role writer needs a stream[^\n]+\n$/);
});
