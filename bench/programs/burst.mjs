/**
 * A burst of events through one client to a server in another process: how long until the client says that all is
 * done, and how many of them arrived.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { finish, programArguments } from '../lib/child.mjs';
import { createOurs, createTheirs } from '../subject/clients.mjs';
import { eventClass } from '../subject/event-class.mjs';
import { createFields } from '../subject/fields.mjs';

const DEADLINE_MS = 60_000;

const [{ side, dist, events, batchSize, maxQueueSize }] = programArguments();
const server = fork(fileURLToPath(new URL('server.mjs', import.meta.url)));
const [{ port }] = await once(server, 'message');
const host = `http://127.0.0.1:${port}`;

const clients = {
  ours: async () => {
    const sotto = await import(dist);
    const Event = await eventClass('builders', sotto);
    const delivery = {
      batchSize,
      maxQueueSize,
      requestTimeoutMs: DEADLINE_MS,
      shutdownTimeoutMs: DEADLINE_MS,
    };
    const client = createOurs(sotto, { host, delivery });
    return { capture: (fields) => client.capture(Event.create(fields)), shutdown: () => client.shutdown() };
  },
  theirs: async () => {
    const client = createTheirs(await import('posthog-node'), {
      host,
      flushAt: batchSize,
      maxBatchSize: batchSize,
      maxQueueSize,
    });
    return {
      capture: (properties) => client.capture({ distinctId: 'bench', event: 'code_search', properties }),
      shutdown: () => client.shutdown(DEADLINE_MS),
    };
  },
};

const { capture, shutdown } = await clients[side]();
const startedMs = performance.now();
for (let index = 0; index < events; index += 1) capture(createFields(index));
const capturedMs = performance.now() - startedMs;
await shutdown();
const durationMs = performance.now() - startedMs;

server.send('report');
const [arrived] = await once(server, 'message');
finish({ capturedMs, durationMs, ...arrived });
