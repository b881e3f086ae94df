/**
 * A burst of events through one client to a server in another process: how long until the client says that all is
 * done, and how many of them arrived. `side` may be `raw`: the same events in bodies made before, posted one after another.
 */
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { finish, programArguments } from '../lib/child.mjs';
import { createFields } from '../subject/fields.mjs';
import { openSide } from '../subject/sides.mjs';

const DEADLINE_MS = 60_000;

const [{ side, dist, events, batchSize, queueSize, flushesEachBatch, namesEvents }] = programArguments();
const server = fork(fileURLToPath(new URL('server.mjs', import.meta.url)));
const [{ port }] = await once(server, 'message');
const host = `http://127.0.0.1:${port}`;

/** Room for all of it, in memory and on disk. */
const ROOM_BYTES = 2 ** 26;

const delivery = {
  batchSize,
  maxQueueSize: queueSize,
  maxQueueBytes: ROOM_BYTES,
  requestTimeoutMs: DEADLINE_MS,
  shutdownTimeoutMs: DEADLINE_MS,
};

async function openClient() {
  const peer = { host, batchSize, queueSize, holdsBack: flushesEachBatch };
  const { capture, flush, shutdown } = await openSide(side, dist, {
    sotto: { host, delivery, maxLedgerBytes: ROOM_BYTES },
    peer,
  });
  return async () => {
    for (let index = 0; index < events; index += 1) {
      capture(namesEvents ? { ...createFields(index), 'event.id': randomUUID() } : createFields(index));
      if (flushesEachBatch && (index + 1) % batchSize === 0) await flush();
    }
    const capturedMs = performance.now();
    await flush();
    await shutdown();
    return capturedMs;
  };
}

/** Bodies as PostHog takes them. */
function prepareBodies() {
  const toMessage = (index) => ({
    distinct_id: 'bench',
    event: 'code_search',
    properties: createFields(index),
    timestamp: new Date().toISOString(),
    uuid: randomUUID(),
  });
  const bodies = Array.from({ length: Math.ceil(events / batchSize) }, (_, batch) =>
    JSON.stringify({
      api_key: 'phc_bench',
      batch: Array.from({ length: batchSize }, (_, index) => toMessage(batch * batchSize + index)),
    }),
  );
  const headers = { 'content-type': 'application/json' };
  return async () => {
    const preparedMs = performance.now();
    for (const body of bodies) {
      const response = await fetch(`${host}/batch/`, { method: 'POST', headers, body });
      await response.text();
    }
    return preparedMs;
  };
}

const run = side === 'raw' ? prepareBodies() : await openClient();
const startedMs = performance.now();
const capturedMs = await run();
const endedMs = performance.now();

server.send('report');
const [arrived] = await once(server, 'message');
finish({ capturedMs: capturedMs - startedMs, durationMs: endedMs - startedMs, ...arrived });
