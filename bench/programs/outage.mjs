/**
 * A service that goes on recording while nobody listens at the server's address: what it takes in memory and on disk, and what
 * became of the events. `enabled` is false for the same service with telemetry off.
 */
import { join } from 'node:path';
import { finish, programArguments } from '../lib/child.mjs';
import { countWaiting } from '../lib/count-waiting.mjs';
import { directoryBytes } from '../lib/directory-bytes.mjs';
import { createService } from '../subject/clients.mjs';
import { eventClass } from '../subject/event-class.mjs';
import { createFields } from '../subject/fields.mjs';

/** A service lets its loop turn: so many are recorded between two turns. */
const EVENTS_PER_TURN = 100;
const EVENTS_PER_LOOK = 10_000;

const [{ enabled, dist, events }] = programArguments();
const directory = join(process.env.HOME, 'state');
const turn = () => new Promise((resolve) => setImmediate(resolve));

const sotto = await import(dist);
const Event = await eventClass('builders', sotto);
const client = createService(sotto, { enabled });

let peakStateBytes = 0;
const startedMs = performance.now();
for (let index = 0; index < events; index += 1) {
  client.capture(Event.create(createFields(index)));
  if (index % EVENTS_PER_TURN === 0) await turn();
  if (index % EVENTS_PER_LOOK === 0) peakStateBytes = Math.max(peakStateBytes, directoryBytes(directory));
}
const durationMs = performance.now() - startedMs;
const peakBytes = process.resourceUsage().maxRSS * 1_024;
globalThis.gc();
const heldBytes = process.memoryUsage().heapUsed;
const during = client.status();
await client.shutdown();

finish({
  durationMs,
  peakBytes,
  heldBytes,
  peakStateBytes: Math.max(peakStateBytes, directoryBytes(directory)),
  during,
  after: client.status(),
  waiting: countWaiting(directory),
});
