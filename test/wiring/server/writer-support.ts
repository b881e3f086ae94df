import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { jetstreamManager } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import pg from 'pg';
import { createIngestApp, type IngestEvent } from '../../../src/server/ingest/index.js';
import { createLog } from '../../../src/server/observe/index.js';
import { createStreamService } from '../../../src/server/stream/index.js';
import { pauseFor } from '../../../src/server/work/index.js';
import type { TestNats } from '../../support/nats.js';
import type { TestPostgres } from '../../support/postgres.js';
import { TSX } from '../../support/run-program.js';
import { buildEvent } from '../../unit/server/ingest/build-event.js';

export const STREAM = 'SOTTO_EVENTS';
export const CONSUMER = 'sotto_writer';
const PROGRAM = fileURLToPath(new URL('./programs/run-writer.ts', import.meta.url));

/** The place of the writers as an operator may make it: what a writer took that is dead is given to another one soon. */
export async function makeConsumer(nats: TestNats, acknowledgedWithinMs: number): Promise<void> {
  await nats.with(async (connection) => {
    const manager = await jetstreamManager(connection);
    await manager.consumers.add(STREAM, {
      durable_name: CONSUMER,
      ack_policy: 'explicit',
      ack_wait: nanos(acknowledgedWithinMs),
      max_deliver: -1,
    });
  });
}

/** @returns how many messages are in the stream */
export function countMessages(nats: TestNats): Promise<number> {
  return nats.with(
    async (connection) => (await (await jetstreamManager(connection)).streams.info(STREAM)).state.messages,
  );
}

/**
 * @returns how many messages writers have still to store. A server that was killed may keep a message on its disk which it had already let
 *   go: nobody is given that one again
 */
export function countWaiting(nats: TestNats): Promise<number> {
  return nats.with(async (connection) => {
    const manager = await jetstreamManager(connection);
    const { num_pending, num_ack_pending } = await manager.consumers.info(STREAM, CONSUMER);
    return num_pending + num_ack_pending;
  });
}

/** Ingest into the stream, and a client of it that keeps a batch until it is taken. */
export async function openIngest(nats: TestNats) {
  const service = await createStreamService({
    addresses: [nats.url],
    log: createLog('event_ingest', { write: () => {} }),
    pause: pauseFor,
    nowMs: Date.now,
    acknowledgeTimeoutMs: 2_000,
  });
  service.start();
  const app = createIngestApp({ queue: service.queue });
  let refused = 0;
  const send = async (batch: readonly IngestEvent[]): Promise<void> => {
    const body = JSON.stringify({ api_key: 'phc_test', batch });
    const headers = { 'content-type': 'application/json' };
    const { status } = await app.request('/batch/', { method: 'POST', headers, body });
    if (status === 200) return;
    if (status !== 503) throw new Error(`The batch was answered with ${status}.`);
    refused += 1;
    await pauseFor(50, new AbortController().signal);
    return send(batch);
  };
  return {
    send,
    get refused() {
      return refused;
    },
    async [Symbol.asyncDispose]() {
      await service.stop();
    },
  };
}

type Ingest = Awaited<ReturnType<typeof openIngest>>;

/** Batches of new events. Those of a batch go by one name, of which there are three. */
export const buildBatches = (count: number, size: number): IngestEvent[][] =>
  Array.from({ length: count }, (_, batch) =>
    Array.from({ length: size }, () =>
      buildEvent({ event: `batch_${batch % 3}`, timestamp: new Date().toISOString() }),
    ),
  );

/** Send all batches, of which the first is there already, each of them twice some time later, as clients do that heard no answer. */
export async function sendTwice(ingest: Ingest, batches: readonly IngestEvent[][]): Promise<void> {
  for (const [index, batch] of batches.slice(1).entries()) {
    await Promise.all([ingest.send(batch), ingest.send(batches[Math.max(0, index - 20)] ?? [])]);
    await sleep(40);
  }
}

/** Hold up every writer within its transaction, after it has copied its events; until disposed of, or until the server ends. */
export async function holdWriting(postgres: TestPostgres): Promise<AsyncDisposable> {
  const holder = new pg.Client({ connectionString: postgres.url });
  holder.on('error', () => {});
  await holder.connect();
  await holder.query('BEGIN; SELECT pg_advisory_xact_lock(7311002)');
  return { [Symbol.asyncDispose]: () => holder.end().catch(() => {}) };
}

/** @returns how many writers are held up so */
export async function countHeldUp(postgres: TestPostgres): Promise<number> {
  const [row] = await postgres.query(
    `SELECT count(*)::integer AS waiting FROM pg_locks
     WHERE locktype = 'advisory' AND NOT granted
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
  );
  return Number(row?.waiting);
}

export interface WriterProcess {
  /** As when the machine goes away. */
  kill(): Promise<void>;
}

/** A writer in a process of its own. */
export async function startWriter(nats: TestNats, databaseUrl: string): Promise<WriterProcess> {
  const env = { PATH: process.env.PATH, INGEST_STREAM: nats.url, DATABASE_URL: databaseUrl };
  const child: ChildProcess = spawn(process.execPath, ['--import', TSX, PROGRAM], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  await Promise.race([once(child.stdout as NodeJS.ReadableStream, 'data'), ended]);
  child.stdout?.resume();
  return {
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** What is stored, each event as often as it is there. */
export async function readUuids(postgres: TestPostgres): Promise<readonly string[]> {
  const rows = await postgres.query(
    'SELECT uuid::text AS uuid FROM sotto_vendor.ingest_events ORDER BY uuid',
  );
  return rows.map(({ uuid }) => String(uuid));
}
