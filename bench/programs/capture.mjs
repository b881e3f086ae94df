/**
 * How long `capture()` keeps the caller from going on, microtasks included, ours and theirs in turns in one process.
 * Sending is excluded on both sides alike: queues are emptied between samples, to a server in a process of its own.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { alternate } from '../lib/alternate.mjs';
import { finish, programArguments } from '../lib/child.mjs';
import { summarize } from '../lib/statistics.mjs';
import { createOurs, createTheirs } from '../subject/clients.mjs';
import { eventClass } from '../subject/event-class.mjs';
import { createFields } from '../subject/fields.mjs';

/** Captures in one sample: fewer than our largest batch, so that none leaves by itself while the clock runs. */
const CAPTURES = 500;
const WARM_UP_PAIRS = 12;

const [{ dist, spelling, step, drain, repositories, pairs }] = programArguments();
const server = fork(fileURLToPath(new URL('server.mjs', import.meta.url)));
const [{ port }] = await once(server, 'message');
const host = `http://127.0.0.1:${port}`;

const sotto = await import(dist);
const ours = createOurs(sotto, { host, delivery: { batchSize: 1_000 } });
const theirs = createTheirs(await import('posthog-node'), {
  host,
  flushAt: 1_000_000,
  maxBatchSize: 1_000,
  maxQueueSize: 1_000_000,
});
const Event = spelling && (await eventClass(spelling, sotto));

/** What is prepared before the clock starts, and what is done with it while it runs. */
const steps = {
  capture: { prepare: (fields) => Event.create(fields), record: (event) => ours.capture(event) },
  createAndCapture: { prepare: (fields) => fields, record: (fields) => ours.capture(Event.create(fields)) },
  untyped: { prepare: (fields) => fields, record: (fields) => ours.capture('code_search', fields) },
};

let made = 0;
function nextFields() {
  made += 1;
  return createFields(made, repositories === 'new' ? `github.com/acme/project-${made}` : undefined);
}

const idle = () => new Promise((resolve) => setImmediate(resolve));

const drains = {
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

/** @returns nanoseconds per capture */
async function measure(inputs, record) {
  globalThis.gc();
  const started = process.hrtime.bigint();
  await drains[drain](inputs, record);
  return Number(process.hrtime.bigint() - started) / inputs.length;
}

const prepare = (toInput) => Array.from({ length: CAPTURES }, () => toInput(nextFields()));

/** The drain itself, which is neither side's work. */
const measureDrain = () =>
  measure(
    prepare((fields) => fields),
    () => {},
  );

const sides = {
  ours: async () => {
    const { prepare: toInput, record } = steps[step];
    const ns = await measure(prepare(toInput), record);
    await ours.flush();
    return ns;
  },
  theirs: async () => {
    const record = (properties) => theirs.capture({ distinctId: 'bench', event: 'code_search', properties });
    const ns = await measure(
      prepare((fields) => fields),
      record,
    );
    await theirs.flush();
    return ns;
  },
};

await alternate(WARM_UP_PAIRS, sides);
const drainNs = [];
const measured = await alternate(pairs, {
  ours: async () => {
    drainNs.push(await measureDrain());
    return sides.ours();
  },
  theirs: sides.theirs,
});
const idleNs = summarize(drainNs).median;

const { recorded, sent, dropped } = ours.status();
if (recorded !== sent)
  throw new Error(`${recorded} events were recorded, ${sent} sent; lost: ${JSON.stringify(dropped)}`);
server.send('report');
await once(server, 'message');
finish(measured.map((pair) => ({ ours: pair.ours - idleNs, theirs: pair.theirs - idleNs })));
