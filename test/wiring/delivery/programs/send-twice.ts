/** Sends two batches, tells what became of them, and at its end how many milliseconds later that is. */
import { connectPostHog } from '../../../../src/delivery/index.js';
import { readEnvironment, readProxies } from '../../../../src/settings/index.js';
import { buildEvent } from '../../../unit/delivery/build-event.js';

const [host = '', timeoutMs] = process.argv.slice(2);

const connection = connectPostHog({
  key: 'phc_test',
  host,
  requestTimeoutMs: Number(timeoutMs),
  mayRequest: () => true,
  proxies: readProxies(readEnvironment()),
  compressionThresholdBytes: 0,
});
// Requests keep no process alive.
const waiting = setInterval(() => {}, 60_000);
const first = await connection.send([buildEvent(1)]);
const second = await connection.send([buildEvent(2)]);
clearInterval(waiting);
process.stdout.write(`${first.status} ${second.status}\n`);
const sentAtMs = performance.now();
process.on('exit', () => process.stdout.write(`${Math.round(performance.now() - sentAtMs)}\n`));
