/** Shows the server of `sotto/server`: what arrives, read back, and a flag it evaluates. */
import { createTelemetry } from 'sotto';
import { startIngestServer } from 'sotto/server';

await using server = await startIngestServer({ port: 0, flags: [{ key: 'new_layout' }] });

// `given`: whoever runs this service has agreed to it. Only for programs that nobody else runs.
await using telemetry = createTelemetry({
  app: 'acme-service',
  consent: 'given',
  posthog: { key: 'phc_any', host: server.url },
});

telemetry.capture('job_finished', { duration_ms: 10, succeeded: true });
await telemetry.flush();

const { events } = await server.store.list({ limit: 10 });
console.log(events.map(({ event, properties }) => `${event} after ${properties.duration_ms} ms`));
console.log('new_layout is on:', await telemetry.isFeatureEnabled('new_layout'));
