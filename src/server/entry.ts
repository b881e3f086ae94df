/**
 * The entry `sotto/server` for who imports it with Node.js, by the names of index.ts. What is imported statically is looked for before
 * anything runs, and Node.js would have the last word on what is not there: see docs/adr/0029-a-missing-peer-says-what-to-install.md.
 */
import { refusePeers } from './refuse-peers.js';

export const {
  createIngestApp,
  createLocalApi,
  createMemoryEventStore,
  grantStatements,
  openCollector,
  openLocalApiToken,
  openOperator,
  ROLES,
  startIngestServer,
  startLocalApiServer,
  startServer,
} = await import('./index.js').catch(refusePeers);
