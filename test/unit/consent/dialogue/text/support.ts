import { type ConsentTextInput, consentText } from '../../../../../src/consent/dialogue/index.js';
import { createCatalogue, defineEvent } from '../../../../../src/events/index.js';
import {
  aggregate,
  boolean,
  count,
  distribution,
  forbidden,
  hash,
  nested,
  number,
  oneOf,
  plain,
  presenceMap,
  textCount,
} from '../../../../../src/privacy/index.js';

class Match {
  @plain(number({ min: 0, max: 1 })) score = 0;
  @textCount() line = '';
  @forbidden() path = '';
}

/** One field of every kind. */
export const CodeSearch = defineEvent('code_search', {
  intent: plain(oneOf('UNDERSTAND', 'DEBUG')),
  query: textCount({ withToolsOverPrivacy: 'redact' }),
  repository: hash(),
  file: hash({ scope: 'session' }),
  results: count(),
  matches: nested(() => Match),
  languages: distribution(['go', 'rust']),
  scores: aggregate('mean'),
  configPath: boolean(),
  settings: presenceMap(),
  apiKey: forbidden(),
});

export const Started = defineEvent('started', {});

export const INPUT: ConsentTextInput = {
  app: 'acme',
  catalogue: createCatalogue('acme', [CodeSearch, Started]),
  basis: 'opt-in',
  disableVariable: 'ACME_DISABLE_TELEMETRY',
  command: 'acme telemetry',
  privacyUrl: 'https://acme.example/telemetry',
  host: 'https://us.i.posthog.com',
  distinctId: 'session',
  directory: '~/.local/share/acme/telemetry',
  retentionDays: 30,
  untyped: false,
  nowMs: Date.parse('2026-11-22T12:00:00Z'),
};

export const textOf = (input: Partial<ConsentTextInput> = {}) => consentText({ ...INPUT, ...input });

/** The items of a section, of the short text or of the details. */
export function itemsOf(text: ReturnType<typeof textOf>, title: string): readonly string[] {
  return [...text.sections, ...text.details].find((section) => section.title === title)?.items ?? [];
}
