/**
 * A service that goes on recording while nobody listens at the server's address: what it takes in memory and on disk, and, of ours,
 * what became of the events. All sides by their defaults.
 */
import { join } from 'node:path';
import { finish, programArguments } from '../lib/child.mjs';
import { directoryBytes } from '../lib/directory-bytes.mjs';
import { SOTTO } from '../lib/figure.mjs';
import { countWaiting } from '../lib/ledger.mjs';
import { createFields } from '../subject/fields.mjs';
import { openSide } from '../subject/sides.mjs';

/** A service lets its loop turn: so many are recorded between two turns. */
const EVENTS_PER_TURN = 100;
const TURNS_PER_LOOK = 100;

const [{ side, dist, events }] = programArguments();
const directory = join(process.env.HOME, 'state');
const turn = () => new Promise((resolve) => setImmediate(resolve));
const { capture, shutdown, status } = await openSide(side, dist, {});

let peakHeapBytes = 0;
let peakStateBytes = 0;
function look(turns) {
  peakHeapBytes = Math.max(peakHeapBytes, process.memoryUsage().heapUsed);
  if (turns % TURNS_PER_LOOK === 0) peakStateBytes = Math.max(peakStateBytes, directoryBytes(directory));
}

for (let index = 0; index < events; index += 1) {
  capture(createFields(index));
  if (index % EVENTS_PER_TURN > 0) continue;
  look(index / EVENTS_PER_TURN);
  await turn();
}
const peakRssBytes = process.resourceUsage().maxRSS * 1_024;
globalThis.gc();
const heldHeapBytes = process.memoryUsage().heapUsed;
const memory = { peakHeapBytes, heldHeapBytes, peakRssBytes };
finish(side === SOTTO ? { ...memory, ...(await account()) } : memory);

async function account() {
  const during = status();
  await shutdown();
  return {
    peakStateBytes: Math.max(peakStateBytes, directoryBytes(directory)),
    during,
    after: status(),
    waiting: countWaiting(directory),
  };
}
