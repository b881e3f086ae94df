import { knownValue } from '../upstream/index.js';
import { askForKnown } from './ask-local-api.js';
import type { PersonOptions } from './options.js';
import {
  CatalogAnswer,
  ChangesAnswer,
  CountsAnswer,
  LedgerAnswer,
  SettingsAnswer,
  SummaryAnswer,
  WhyAnswer,
} from './schemas.js';

/** What is known of the telemetry of the app at this moment; undefined stands for what is not. */
export interface PersonView {
  readonly app: string;
  /** Both or none: the switches are told beside what comes of them. */
  readonly decision: { readonly settings: SettingsAnswer; readonly why: WhyAnswer } | undefined;
  readonly ledger: LedgerAnswer | undefined;
  readonly counts: CountsAnswer | undefined;
  readonly catalogue: CatalogAnswer | undefined;
  readonly usage: SummaryAnswer | undefined;
  readonly changes: ChangesAnswer | undefined;
}

const EVENTS_SHOWN = 50;
const DAYS_SHOWN = 30;

/** @returns undefined where the token is not the one of this machine any more. Never throws */
export async function readView(options: PersonOptions, token: string): Promise<PersonView | undefined> {
  const answers = await Promise.all([
    askForKnown(options, token, '/settings', SettingsAnswer),
    askForKnown(options, token, '/why', WhyAnswer),
    askForKnown(options, token, `/ledger?limit=${EVENTS_SHOWN}`, LedgerAnswer),
    askForKnown(options, token, `/counts?days=${DAYS_SHOWN}`, CountsAnswer),
    askForKnown(options, token, '/catalog', CatalogAnswer),
    askForKnown(options, token, '/summary', SummaryAnswer),
    askForKnown(options, token, '/changes', ChangesAnswer),
  ]);
  if (answers.some(({ status }) => status === 'refused')) return undefined;
  const [settings, why, ledger, counts, catalogue, usage, changes] = answers;
  const isDecisionKnown = settings.status === 'known' && why.status === 'known';
  return {
    app: options.app,
    decision: isDecisionKnown ? { settings: settings.value, why: why.value } : undefined,
    ledger: knownValue(ledger),
    counts: knownValue(counts),
    catalogue: knownValue(catalogue),
    usage: knownValue(usage),
    changes: knownValue(changes),
  };
}
