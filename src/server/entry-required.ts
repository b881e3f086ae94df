/** The same as entry.ts for `require()`, which takes no module that waits. Only the build has what it loads. */
import { createRequire } from 'node:module';
import { refusePeers } from './refuse-peers.js';

const services = load();

function load(): typeof import('./index.js') {
  try {
    return createRequire(import.meta.url)('./whole.js') as typeof import('./index.js');
  } catch (error) {
    return refusePeers(error);
  }
}

export { services as 'module.exports' };
