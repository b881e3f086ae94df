import { type Known, readKnown } from './ask-local-api.js';
import type { PersonOptions } from './options.js';
import {
  CatalogAnswer,
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
}

const EVENTS_SHOWN = 50;
const DAYS_SHOWN = 30;

/** @returns undefined where the token is not the one of this machine any more. Never throws */
export async function readView(options: PersonOptions, token: string): Promise<PersonView | undefined> {
  const [settings, why, ledger, counts, catalogue, usage] = await Promise.all([
    readKnown(options, token, '/settings', SettingsAnswer),
    readKnown(options, token, '/why', WhyAnswer),
    readKnown(options, token, `/ledger?limit=${EVENTS_SHOWN}`, LedgerAnswer),
    readKnown(options, token, `/counts?days=${DAYS_SHOWN}`, CountsAnswer),
    readKnown(options, token, '/catalog', CatalogAnswer),
    readKnown(options, token, '/summary', SummaryAnswer),
  ]);
  if ([settings, why, ledger, counts, catalogue, usage].some(({ status }) => status === 'refused'))
    return undefined;
  const isDecisionKnown = settings.status === 'known' && why.status === 'known';
  return {
    app: options.app,
    decision: isDecisionKnown ? { settings: settings.value, why: why.value } : undefined,
    ledger: toValue(ledger),
    counts: toValue(counts),
    catalogue: toValue(catalogue),
    usage: toValue(usage),
  };
}

const toValue = <Value>(known: Known<Value>) => (known.status === 'known' ? known.value : undefined);
