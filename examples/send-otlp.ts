/** Shows OpenTelemetry: the same events to any OTLP collector, as log records, spans and metrics. */
import { createTelemetry, StandardEvents } from 'sotto';
import { otlp } from 'sotto/otlp';

await using telemetry = createTelemetry({
  app: 'acme',
  version: '1.4.0',
  // Needs the package @opentelemetry/otlp-transformer beside sotto.
  otlp: otlp({ endpoint: 'http://127.0.0.1:4318', protocol: 'http/json' }),
});

telemetry.capture('build_finished', { duration_ms: 10, target: 'web' });
telemetry.trackMetric(StandardEvents.OPERATION_LATENCY, { operation_type: 'build', duration_ms: 10 });
await telemetry.track.span('build', async () => {}, { event: true });
telemetry.trackError(new TypeError('build failed'));

await telemetry.flush();
const { sent, pending } = telemetry.status();
console.log(`Sent: ${sent}, waiting: ${pending}.`);
