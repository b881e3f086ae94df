/** Makes two mistakes that a maker wants to hear of, and only the maker. */
import { createTelemetry } from 'sotto';

const [directory = '', host = ''] = process.argv.slice(2);

const telemetry = createTelemetry({
  app: 'child',
  consent: 'given',
  posthog: { key: 'phc_child', host },
  store: { directory },
});
telemetry.captureFromEvent({
  toPosthogEvent() {
    throw new RangeError('the cause');
  },
});
telemetry.captureWithSerialization('plain', {} as never);
await telemetry.shutdown();
