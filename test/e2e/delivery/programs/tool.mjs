// A tool that records an event, numbered as told, prints a line, and ends as told: `node tool.mjs <end> <number>`.
import cluster from 'node:cluster';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { createTelemetry } from 'sotto';

const [end, number = '1'] = process.argv.slice(2);
const telemetry = createTelemetry({ app: 'acme' });

const ENDS = {
  'runs out': () => {},
  exits: () => process.exit(3),
  throws: () => {
    throw new RangeError('of the program');
  },
  rejects: () => void Promise.reject(new RangeError('of the program')),
  'shuts down': () => telemetry.shutdown(),
  'disposes of it': () => telemetry[Symbol.asyncDispose](),
  'shuts down and stays': async () => {
    await telemetry.shutdown();
    console.log('stays');
    setInterval(() => {}, 60_000);
  },
  'says what it does': async () => {
    await telemetry.flush();
    const { mode, why } = telemetry.status();
    console.log(`${mode}: ${why.layer}`);
  },
  'ends with others': async () => {
    process.stdin.resume();
    await once(process.stdin, 'end');
  },
};

/** Ends of another thread or process, which is the one that records. */
const ENDS_OF_ANOTHER = {
  'has a thread': async () => {
    const worker = new Worker(new URL(import.meta.url), { argv: ['exits', number] });
    const [code] = await once(worker, 'exit');
    console.log('The thread ended with', code);
  },
  'has a worker of a cluster': async () => {
    cluster.setupPrimary({ exec: new URL(import.meta.url).pathname, args: ['exits', number] });
    const [code] = await once(cluster.fork(), 'exit');
    console.log('The worker ended with', code);
  },
};

if (end in ENDS_OF_ANOTHER) {
  await ENDS_OF_ANOTHER[end]();
} else {
  telemetry.capture('command_run', { number: Number(number) });
  console.log('worked');
  await ENDS[end]();
}
