/** Fills a batch, which is on its way when the program ends, and tells at its end how many milliseconds that took. */
import { createTelemetry } from 'sotto';

const [directory = '', host = '', shutdownTimeoutMs] = process.argv.slice(2);

const telemetry = createTelemetry({
  app: 'child',
  consent: 'given',
  posthog: { key: 'phc_child', host },
  delivery: { batchSize: 2, shutdownTimeoutMs: Number(shutdownTimeoutMs) },
  store: { directory },
});
for (let n = 0; n < 3; n += 1) telemetry.capture('numbered', { n });
const endMs = performance.now();
process.on('exit', () => process.stdout.write(String(Math.round(performance.now() - endMs))));
