import { createTelemetry } from 'sotto';

/* A program of its own that records one event into a given state directory, and sends it. */
const { directory, host, name } = JSON.parse(process.argv[2] ?? '{}');
const telemetry = createTelemetry({
  app: 'other',
  consent: 'given',
  posthog: { key: 'phc_test', host },
  store: { directory },
});
telemetry.recordEvent(name, { n: 1, author: 'someone@example.com', ünïcode: 'ø', 'quote"<b>': true });
await telemetry.shutdown();
