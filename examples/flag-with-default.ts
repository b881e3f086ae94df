/** Shows a typed flag with a default that holds whenever there is no answer: without consent, network or time. */
import { createTelemetry, defineFlags } from 'sotto';

const featureFlags = defineFlags({ new_layout: ['narrow', 'wide'] });

await using telemetry = createTelemetry({
  app: 'acme',
  version: '1.4.0',
  featureFlags,
  flags: { timeoutMs: 500 },
  posthog: { key: 'phc_your_project_key', host: 'http://127.0.0.1:7311' },
});

// Typed 'narrow' | 'wide'. Asking is recorded once per session, as `$feature_flag_called`; a default is not.
const layout = await telemetry.getFeatureFlag('new_layout', 'narrow');
console.log(`The layout is ${layout}.`);
