// A service that records an event, numbered as told, and then does as told: `node service.mjs <then> <number>`.
import { createTelemetry } from 'sotto';

const [then, number] = process.argv.slice(2);
const telemetry = createTelemetry({ app: 'acme', consent: 'given' });
telemetry.capture('job_done', { number: Number(number) });

const HOST = {
  stays: () => {},
  exits: () => process.exit(5),
  flushes: async () => {
    await telemetry.flush();
    process.exit(0);
  },
  'has a handler': () => {
    process.on('SIGTERM', () => {
      console.log('handled');
      process.exit(7);
    });
  },
  'has a handler that shuts down': () => {
    process.once('SIGTERM', async () => {
      await telemetry.shutdown();
      process.exit(0);
    });
  },
};

setInterval(() => {}, 60_000);
await HOST[then]();
console.log('ready');
