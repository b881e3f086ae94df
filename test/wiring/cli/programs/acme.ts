/** An app that offers the telemetry commands: `acme.ts telemetry <command>`, and records a search with anything else. */
import { createTelemetry } from 'sotto';
import { createTelemetryCommand } from 'sotto/cli';
import { takeTelemetryFlag } from '../../../../src/cli/take-telemetry-flag.js';
import { buildCodeSearch, CodeSearch } from '../../../support/code-search-event.js';

const { args, options } = takeTelemetryFlag(process.argv.slice(2));
const acme = {
  app: 'acme',
  version: '1.4.0',
  posthog: { key: 'phc_secret', host: process.env.TEST_HOST ?? 'http://127.0.0.1:9' },
  events: [CodeSearch],
  ...options,
};

if (args[0] === 'telemetry') {
  process.exitCode = await createTelemetryCommand(acme).run(args.slice(1));
} else {
  const telemetry = createTelemetry(acme);
  telemetry.capture(buildCodeSearch());
  await telemetry.shutdown();
}
