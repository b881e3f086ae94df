/** Shows tracking calls: standard events, metrics that are added up, and helpers that wrap a piece of work. */
import { createTelemetry, StandardEvents, withVocabulary } from 'sotto';

// Your own names: anything else leaves as `other`.
const FeatureUsed = withVocabulary(StandardEvents.FEATURE_USED, {
  feature_name: ['list_contacts', 'export'],
});

await using telemetry = createTelemetry({
  app: 'acme',
  version: '1.4.0',
  posthog: { key: 'phc_your_project_key', host: 'http://127.0.0.1:7311' },
});

telemetry.trackEvent(FeatureUsed, { feature_name: 'list_contacts', feature_category: 'api_endpoint' });
telemetry.trackEvent(FeatureUsed, { feature_name: 'contacts of ada@example.org' });

// A hundred calls, one event: a histogram with p50, p95 and p99.
for (let call = 1; call <= 100; call += 1)
  telemetry.trackMetric(StandardEvents.OPERATION_LATENCY, {
    operation_type: 'list_contacts',
    duration_ms: call,
  });
telemetry.trackMetric('queue.length', 7);

// The helpers return what the work returns, and throw what it throws.
const contacts = await telemetry.track.span('contacts.load', async () => ['Ada', 'Grace']);
telemetry.track.command({ command: 'contacts', subcommand: 'list' }, () =>
  console.log(`${contacts.length} contacts`),
);
await telemetry.track.health('database', () => 'healthy');

await telemetry.flush();
console.log(`Events recorded: ${telemetry.status().recorded}.`);
