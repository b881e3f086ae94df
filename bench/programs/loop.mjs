/**
 * How long a service's event loop keeps what is due waiting while it records events at an even pace and a server in another
 * process takes them.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { finish, programArguments } from '../lib/child.mjs';
import { createFields } from '../subject/fields.mjs';
import { openSide } from '../subject/sides.mjs';

/** Loading and compiling are what a cold start measures. */
const WARM_UP_MS = 1_000;

const [{ side, dist, eventsPerSecond, durationMs }] = programArguments();
const server = fork(fileURLToPath(new URL('server.mjs', import.meta.url)));
const [{ port }] = await once(server, 'message');
const host = `http://127.0.0.1:${port}`;
const { capture, shutdown, status } = await openSide(side, dist, { sotto: { host }, peer: { host } });

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

const pending = status?.().pending;
await shutdown();
server.send('report');
const [{ distinct }] = await once(server, 'message');
// A loop that did not turn once was delayed all the time.
const [p99Ms, longestMs] =
  delay.count === 0 ? [durationMs, durationMs] : [delay.percentile(99) / 1e6, delay.max / 1e6];
finish({ p99Ms, longestMs, made, pending, arrived: distinct });
