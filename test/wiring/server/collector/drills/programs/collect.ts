import { createCollector, createVendorClient } from '../../../../../../src/server/collector/index.js';
import { openDatabase } from '../../../../../../src/server/db/index.js';
import { createLog } from '../../../../../../src/server/observe/index.js';
import { SETTINGS } from '../settings.js';

/* A collector in a process of its own: `once`, or `on` until it is told to end. Its clock starts at the given time. */
const [, , how = '', databaseUrl = '', vendorUrl = '', licenseKey = '', startMs = '0'] = process.argv;

const database = await openDatabase({ url: databaseUrl });
const beganMs = performance.now();
const collector = createCollector({
  database,
  ledger: database.sends,
  settings: SETTINGS,
  client: createVendorClient({
    url: vendorUrl,
    licenseKey,
    timeoutMs: 30_000,
    proxyFor: () => undefined,
  }),
  log: createLog('telemetry_collector'),
  effects: { now: () => Number(startMs) + performance.now() - beganMs },
});

async function end(): Promise<void> {
  await collector.stop();
  await database.close();
}

if (how === 'once') {
  await collector.runOnce();
  await end();
} else {
  process.once('SIGTERM', () => void end());
  collector.start();
}
