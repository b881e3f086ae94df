/** Captures one event and ends without a word. */
import { createTelemetry } from 'sotto';

const [directory = '', host = ''] = process.argv.slice(2);

const telemetry = createTelemetry({
  app: 'child',
  consent: 'given',
  posthog: { key: 'phc_child', host },
  delivery: { batchIntervalMs: 3_600_000 },
  store: { directory },
});
telemetry.capture('an_event', { userId: 'jane' });
