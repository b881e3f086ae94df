import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openDatabase } from '../../../src/server/db/index.js';
import { startNats } from '../../support/nats.js';
import { type OwnPostgres, startOwnPostgres } from '../../support/own-postgres.js';
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
} from './writer-support.js';

/* A real server, which really ends and starts again, below a writer in a process of its own. */

const BATCHES = 80;
const BATCH_SIZE = 25;
const ENDS = [
  ['immediate', (server: OwnPostgres) => server.restart('immediate')],
  ['fast', (server: OwnPostgres) => server.restart('fast')],
  ['killed', (server: OwnPostgres) => server.kill9().then(server.start)],
] as const;

it('has every event that was taken exactly once, though the server ends three times in the middle of a write', async () => {
  await using nats = await startNats();
  await using server = await startOwnPostgres();
  await (await openDatabase({ url: server.url, areas: ['vendor'] })).close();
  await using ingest = await openIngest(nats);
  const batches = buildBatches(BATCHES, BATCH_SIZE);
  await ingest.send(batches[0] ?? []);
  await makeConsumer(nats, 2_000);
  const writer = await startWriter(nats, server.url);
  await using _ending = { [Symbol.asyncDispose]: () => writer.kill() };

  let isOver = false;
  /** Sends the last of them until all is over. */
  const load = (async () => {
    await sendTwice(ingest, batches);
    while (!isOver) {
      await ingest.send(batches.at(-1) ?? []);
      await sleep(40);
    }
  })();

  const stored: number[] = [];
  for (const [, end] of ENDS) {
    await using _holder = await holdWriting(server);
    await expect.poll(() => countHeldUp(server), { timeout: 20_000, interval: 20 }).toBe(1);
    stored.push((await readUuids(server)).length);
    await end(server);
  }
  isOver = true;
  await load;
  await expect.poll(() => countWaiting(nats), { timeout: 60_000, interval: 250 }).toBe(0);

  const sent = batches.flat().map(({ uuid }) => uuid);
  expect(await readUuids(server)).toEqual([...sent].sort());
  const counts = await server.query(
    'SELECT sum(events)::integer AS events FROM sotto_vendor.ingest_event_counts',
  );
  expect(counts).toEqual([{ events: sent.length }]);
  // There was something left to write when the server ended for the first time.
  expect(stored[0]).toBeLessThan(sent.length);
}, 150_000);
