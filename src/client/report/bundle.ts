import type { BundleFile } from '../../store/index.js';
import type { ConsentParts } from '../open-consent.js';
import { readConsentSettings } from './consent-report.js';
import { readCrashSummaries } from './crashes.js';
import { readSummary, toState } from './summary.js';

/**
 * What the person may hand on of their telemetry: who made it and how it stands, everything that is counted with the last events,
 * and the newest crashes, by digests. Whether it may be made is for the caller to ask.
 *
 * Can this identify someone? It carries the installation's pseudonymous id and hashes under its secret, and nothing that the privacy
 * door has not made.
 */
export function readBundle(consent: ConsentParts): readonly BundleFile[] {
  const report = readConsentSettings(consent);
  const manifest = {
    generated_at: new Date().toISOString(),
    app: consent.settings.app,
    ...toState(consent, report),
    health: report.health,
  };
  const summary = readSummary(consent, { includeEvents: true }, report);
  return [
    { name: 'manifest.json', pieces: toText(manifest) },
    { name: 'telemetry.json', pieces: toText(summary) },
    { name: 'crashes.json', pieces: toText(readCrashSummaries(consent)) },
  ];
}

function* toText(content: object): Generator<string, void, undefined> {
  yield `${JSON.stringify(content, null, 2)}\n`;
}
