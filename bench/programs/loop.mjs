/**
 * How long a service's event loop keeps what is due waiting while it records events at an even pace and a server in another
 * process takes them. `side` is `ours`, or `none` for the same service without telemetry.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { finish, programArguments } from '../lib/child.mjs';
import { createService } from '../subject/clients.mjs';
import { eventClass } from '../subject/event-class.mjs';
import { createFields } from '../subject/fields.mjs';

/** Loading and compiling are what `start` measures. */
const WARM_UP_MS = 1_000;

const [{ side, dist, eventsPerSecond, durationMs }] = programArguments();
const server = fork(fileURLToPath(new URL('server.mjs', import.meta.url)));
const [{ port }] = await once(server, 'message');

async function startTelemetry() {
  const sotto = await import(dist);
  const Event = await eventClass('builders', sotto);
  const client = createService(sotto, { host: `http://127.0.0.1:${port}` });
  return {
    capture: (fields) => client.capture(Event.create(fields)),
    status: () => client.status(),
    shutdown: () => client.shutdown(),
  };
}

const NO_TELEMETRY = {
  capture: () => {},
  status: () => ({ recorded: 0, pending: 0, dropped: {} }),
  shutdown: async () => {},
};

const { capture, status, shutdown } = side === 'ours' ? await startTelemetry() : NO_TELEMETRY;

let made = 0;
const startedMs = performance.now();
const pace = setInterval(() => {
  const due = ((performance.now() - startedMs) / 1_000) * eventsPerSecond;
  for (; made < due; made += 1) capture(createFields(made));
}, 1);

await sleep(WARM_UP_MS);
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
await sleep(durationMs);
delay.disable();
clearInterval(pace);

const { recorded, pending, dropped } = status();
await shutdown();
server.send('report');
const [{ distinct }] = await once(server, 'message');
finish({
  p99Ms: delay.percentile(99) / 1e6,
  longestMs: delay.max / 1e6,
  recorded,
  pending,
  dropped,
  arrived: distinct,
});
