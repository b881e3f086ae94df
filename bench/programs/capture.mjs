/**
 * How long a capture keeps the caller from going on, microtasks included: ours in all its spellings, the peers, and printing what
 * ours says as JSON, in turns in one process. Sending is excluded on all sides alike: queues are emptied between samples, to a server in
 * a process of its own. Prints nanoseconds per capture.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { finish, programArguments } from '../lib/child.mjs';
import { readRecords } from '../lib/ledger.mjs';
import { measureRounds } from '../lib/rounds.mjs';
import { summarize } from '../lib/statistics.mjs';
import { eventClass } from '../subject/event-class.mjs';
import { createFields } from '../subject/fields.mjs';
import { openPeer, PEERS } from '../subject/peers.mjs';
import { createService, HOLDING_BACK } from '../subject/sotto.mjs';

/** Captures in one sample: fewer than any batch, and than the 250 that ours writes to disk at once. */
const CAPTURES = 200;
const BATCH_SIZE = 1_000;
const IDLE = 'idle';

const [{ dist, drain, warmUpRounds, rounds }] = programArguments();
const server = fork(fileURLToPath(new URL('server.mjs', import.meta.url)));
const [{ port }] = await once(server, 'message');
const host = `http://127.0.0.1:${port}`;

const idle = () => new Promise((resolve) => setImmediate(resolve));

const DRAINS = {
  /** All captures in a row, then everything they left to do. */
  burst: async (inputs, record) => {
    for (const input of inputs) record(input);
    await idle();
  },
  /** After each capture everything that it left to do. */
  single: async (inputs, record) => {
    for (const input of inputs) {
      record(input);
      await idle();
    }
  },
};

/** A full collection would make the engine forget the code of all sides that have not run since the last one. */
async function measure(inputs, record) {
  globalThis.gc({ type: 'minor' });
  const started = process.hrtime.bigint();
  await DRAINS[drain](inputs, record);
  return Number(process.hrtime.bigint() - started) / inputs.length;
}

const sotto = await import(dist);
const client = createService(sotto, { host, delivery: { ...HOLDING_BACK, batchSize: BATCH_SIZE } });
const [Built, Decorated, Zod] = [
  await eventClass('builders', sotto, 'code_search'),
  await eventClass('decorated', sotto, 'code_search_decorated'),
  await eventClass('zod', sotto, 'code_search_zod'),
];

let made = 0;
const nextFields = () => {
  made += 1;
  return createFields(made);
};
/** A repository that was never hashed. */
const nextNewFields = () => {
  const fields = nextFields();
  return { ...fields, repository: `github.com/acme/project-${made}` };
};

/** What is made before the clock starts, and what is done with it while it runs. */
const side = (toInput, record, flush) => async () => {
  const ns = await measure(Array.from({ length: CAPTURES }, toInput), record);
  await flush();
  return ns;
};
const ours = (toInput, record) => side(toInput, record, () => client.flush());
const capture = (event) => client.capture(event);
const createAndCapture = (Event) => ours(nextFields, (fields) => client.capture(Event.create(fields)));

const ourSides = {
  builders: ours(() => Built.create(nextFields()), capture),
  'builders, create()': createAndCapture(Built),
  'decorated, create()': createAndCapture(Decorated),
  'zod, create()': createAndCapture(Zod),
  untyped: ours(nextFields, (fields) => client.capture('code_search_untyped', fields)),
  'new hashes': ours(() => Built.create(nextNewFields()), capture),
};

async function openPeerSide(name) {
  const peer = await openPeer(name, { host, batchSize: BATCH_SIZE, holdsBack: true });
  return [name, side(nextFields, peer.capture, peer.flush)];
}
const peerSides = Object.fromEntries(await Promise.all(PEERS.map(openPeerSide)));

/** What the same events say, each once as it stands in the ledger. */
for (let index = 0; index < CAPTURES; index += 1) capture(Built.create(nextFields()));
await client.flush();
const messages = readRecords(`${process.env.HOME}/state`).slice(-CAPTURES);
if (messages.length < CAPTURES) throw new Error(`The ledger has ${messages.length} events.`);
let printed = 0;
let next = 0;
const baseSides = {
  'JSON.stringify': side(
    () => messages[next++ % messages.length],
    (message) => {
      printed += JSON.stringify(message).length;
    },
    async () => {},
  ),
  // The drain itself is nobody's work.
  [IDLE]: side(
    nextFields,
    () => {},
    async () => {},
  ),
};

const sides = { ...ourSides, ...baseSides, ...peerSides };
await measureRounds(warmUpRounds, sides);
const measured = await measureRounds(rounds, sides);
const idleNs = summarize(measured.map((round) => round[IDLE])).median;

const { recorded, sent, dropped } = client.status();
if (recorded !== sent || printed === 0)
  throw new Error(`${recorded} events were recorded, ${sent} sent; lost: ${JSON.stringify(dropped)}`);
server.send('report');
await once(server, 'message');
finish(
  measured.map(({ [IDLE]: _, ...round }) =>
    Object.fromEntries(Object.entries(round).map(([name, ns]) => [name, ns - idleNs])),
  ),
);
