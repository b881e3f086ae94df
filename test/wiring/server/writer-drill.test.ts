import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../../src/server/db/index.js';
import { startNats, type TestNats } from '../../support/nats.js';
import { createPostgres, type TestPostgres } from '../../support/postgres.js';
import {
  buildBatches,
  countHeldUp,
  countWaiting,
  holdWriting,
  makeConsumer,
  openIngest,
  readUuids,
  sendTwice,
  startWriter,
  type WriterProcess,
} from './writer-support.js';

/* Real processes, ended without a word while they work. */

let nats: TestNats;
let postgres: TestPostgres;
beforeAll(async () => {
  nats = await startNats();
  postgres = await createPostgres();
  await (await openDatabase({ url: postgres.url, areas: ['vendor'] })).close();
}, 30_000);
afterAll(async () => {
  await postgres.drop();
  await nats[Symbol.asyncDispose]();
});

it('has every event that was taken exactly once, whoever is ended in between', async () => {
  await using ingest = await openIngest(nats);
  const batches = buildBatches(120, 25);
  const ofRounds = batches.slice(-3);
  await ingest.send(batches[0] ?? []);
  await makeConsumer(nats, 2_000);

  const writers: WriterProcess[] = [];
  const start = async () => void writers.push(await startWriter(nats, postgres.url));
  onTestFinished(async () => void (await Promise.all(writers.map((writer) => writer.kill()))));
  const killOne = async () => writers.shift()?.kill();
  await Promise.all([start(), start()]);

  const load = sendTwice(ingest, batches.slice(0, -ofRounds.length));
  for (const batch of ofRounds) {
    {
      await using _holder = await holdWriting(postgres);
      // There is something to store, also where the machine was so slow that all the others were sent before.
      await ingest.send(batch);
      // One of them at least is in the middle of a transaction.
      await expect.poll(() => countHeldUp(postgres), { timeout: 3_500 }).not.toBe(0);
      await killOne();
    }
    await start();
    await nats.kill();
    await sleep(200);
    await nats.start();
    await killOne();
    await start();
  }
  await load;
  await expect.poll(() => countWaiting(nats), { timeout: 60_000, interval: 250 }).toBe(0);

  const sent = batches.flat().map(({ uuid }) => uuid);
  const stored = await readUuids(postgres);
  expect(ingest.refused).toBeGreaterThan(0);
  expect(stored).toEqual([...sent].sort());
  const counts = await postgres.query(
    'SELECT sum(events)::integer AS events FROM sotto_vendor.ingest_event_counts',
  );
  expect(counts).toEqual([{ events: sent.length }]);
}, 150_000);
