/**
 * A process that does what a start does, and ends. `step` is `import`, or `create` for a client too, ours with three declared events.
 * `side` may also be `empty`, which does nothing, or `zod`, which imports zod alone.
 */
import { finish, programArguments } from '../lib/child.mjs';
import { SOTTO } from '../lib/figure.mjs';
import { eventClass } from '../subject/event-class.mjs';
import { loadPeer, openPeer } from '../subject/peers.mjs';
import { createService } from '../subject/sotto.mjs';

const [{ side, dist, step, spelling, enabled }] = programArguments();

async function startSotto() {
  const sotto = await import(dist);
  if (step === 'import') return;
  for (const name of ['code_search', 'code_open', 'code_edit']) await eventClass(spelling, sotto, name);
  const client = createService(sotto, { enabled });
  if (client.enabled !== enabled) throw new Error('The client is not in the mode to measure.');
}

const STARTS = {
  empty: async () => {},
  zod: () => import('zod'),
  [SOTTO]: startSotto,
};

const startPeer = () => (step === 'import' ? loadPeer(side) : openPeer(side, { enabled }));

await (STARTS[side] ?? startPeer)();
const { user, system } = process.cpuUsage();
finish({ cpuMs: (user + system) / 1_000, rssBytes: process.memoryUsage.rss() });
