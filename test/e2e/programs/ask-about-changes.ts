import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openConsent } from '../../../src/client/index.js';
import { count, createTelemetry, defineEvent, textCount } from '../../../src/index.js';

/** What came of the question: written to the file that is the program's first argument. */
export interface ChangesReport {
  readonly enabled: boolean;
  readonly heldBack: readonly string[];
  readonly stored: Readonly<Record<string, unknown>>;
}

const [path = '', directory = ''] = process.argv.slice(2);
const options = {
  app: 'acme',
  command: 'acme telemetry',
  posthog: { key: 'phc_nobody', host: 'http://127.0.0.1:9' },
  store: { directory },
};

// Its person has agreed to the first version, before this one came.
const Agreed = defineEvent('edit', { layers: count() });
openConsent({ ...options, events: [Agreed] }).optIn({ dryRun: true });

const Edit = defineEvent('edit', { layers: count(), title: textCount({ purpose: 'How long titles get.' }) });
const telemetry = createTelemetry({ ...options, events: [Edit] });
const enabled = await telemetry.askForConsent();
const { heldBack } = telemetry.status();
const stored = JSON.parse(readFileSync(join(directory, 'telemetry_config.json'), 'utf8'));
writeFileSync(path, JSON.stringify({ enabled, heldBack, stored } satisfies ChangesReport));
// A no is for good, and a yes leaves nothing to ask about.
if (process.argv[4] === 'twice') await telemetry.askForConsent();
await telemetry.shutdown();
