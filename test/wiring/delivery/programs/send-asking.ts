/** Sends one batch, after so many times that it may; tells what became of it. */
import { connectPostHog } from '../../../../src/delivery/index.js';
import { readEnvironment, readProxies } from '../../../../src/settings/index.js';
import { buildEvent } from '../../../unit/delivery/build-event.js';

const [host = '', allowed] = process.argv.slice(2);
let asked = 0;

const connection = connectPostHog({
  key: 'phc_test',
  host,
  requestTimeoutMs: 10_000,
  mayRequest: () => {
    asked += 1;
    return asked <= Number(allowed);
  },
  proxies: readProxies(readEnvironment()),
  compressionThresholdBytes: undefined,
});
// Requests keep no process alive.
const waiting = setInterval(() => {}, 60_000);
const { status } = await connection.send([buildEvent(1)]);
clearInterval(waiting);
process.stdout.write(`${status}, asked ${asked}`);
