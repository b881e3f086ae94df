/** Starts a flusher as it ends. Prints whether it was started, and whether modules of `NODE_OPTIONS` were loaded here. */
import { writeSync } from 'node:fs';
import { startFlusher } from '../../../../../src/delivery/flusher/start-flusher.js';
import { readEnvironment, readProxies } from '../../../../../src/settings/index.js';

const [script = '', directory = ''] = process.argv.slice(2);
const environment = readEnvironment();
const proxies = readProxies(environment);

process.on('exit', () => {
  const isStarted = startFlusher({ script, directory, token: 'a-token', environment, proxies });
  writeSync(1, JSON.stringify({ isStarted, isPreloaded: Reflect.has(globalThis, 'isPreloaded') }));
});
process.exit(7);
