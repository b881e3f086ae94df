import type { ConsentSwitch } from '../../settings/index.js';
import { FORGOTTEN } from './agreement.js';
import type { ConsentRecord } from './record.js';

/** Answers to several questions; what is undefined was not answered. */
export interface ConsentAnswers {
  readonly telemetry?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
  readonly crashReporting?: boolean | undefined;
  readonly diagnostics?: boolean | undefined;
  /** Of what was collected when the person agreed. Kept with a yes to telemetry only. */
  readonly catalogueVersion?: string | undefined;
  readonly catalogue?: ConsentRecord['catalogue'];
}

/** A yes to telemetry, and to what: nothing of that unless given. */
export interface Yes extends Pick<ConsentRecord, 'dryRun' | 'catalogueVersion'> {
  readonly catalogue?: ConsentRecord['catalogue'];
}

export interface AnswerEffects {
  /** The time of the answer, as ISO 8601. */
  readonly timestamp: () => string;
  /** A UUID. */
  readonly randomId: () => string;
}

/** What a record comes to by a yes to telemetry. What needs a yes of its own stays as it was. */
export function toYes(
  before: ConsentRecord,
  { dryRun, catalogueVersion, catalogue }: Yes,
  { timestamp, randomId }: AnswerEffects,
): ConsentRecord {
  const { telemetryEnabled, userId, installId } = before;
  return {
    ...before,
    telemetryEnabled: true,
    errorReporting: true,
    usageAnalytics: true,
    dryRun,
    // A no that was written by hand leaves the ids where they are.
    userId: telemetryEnabled === false ? randomId() : (userId ?? randomId()),
    installId: installId ?? randomId(),
    consentTimestamp: timestamp(),
    optOutTimestamp: undefined,
    ...FORGOTTEN,
    catalogueVersion,
    catalogue,
  };
}

/** What a record comes to by a no to telemetry: everything off, and no ids. */
export function toNo(before: ConsentRecord, { timestamp }: Pick<AnswerEffects, 'timestamp'>): ConsentRecord {
  return {
    ...before,
    telemetryEnabled: false,
    errorReporting: false,
    usageAnalytics: false,
    crashReporting: false,
    diagnostics: false,
    toolsOverPrivacy: false,
    userId: undefined,
    installId: undefined,
    optOutTimestamp: timestamp(),
    ...FORGOTTEN,
  };
}

/** What a record comes to by an answer about one part of telemetry. */
export function toSwitched(
  before: ConsentRecord,
  name: ConsentSwitch,
  enabled: boolean,
  { randomId }: Pick<AnswerEffects, 'randomId'>,
): ConsentRecord {
  const { userId } = before;
  // What was recorded under a part that is refused now is over, also when it is allowed again.
  return { ...before, [name]: enabled, userId: enabled ? userId : userId && randomId() };
}

/** @returns the same object when the answers change nothing */
export function toAnswered(
  before: ConsentRecord,
  answers: ConsentAnswers,
  effects: AnswerEffects,
): ConsentRecord {
  const { dryRun, crashReporting, diagnostics } = answers;
  let record = toDecided(before, answers, effects);
  if (isNews(dryRun, record.dryRun)) record = { ...record, dryRun };
  if (isNews(crashReporting, record.crashReporting))
    record = toSwitched(record, 'crashReporting', crashReporting, effects);
  if (isNews(diagnostics, record.diagnostics))
    record = toSwitched(record, 'diagnostics', diagnostics, effects);
  return record;
}

/** Whether there is anything to write at all. */
export function isAnswered({ telemetry, dryRun, crashReporting, diagnostics }: ConsentAnswers): boolean {
  return [telemetry, dryRun, crashReporting, diagnostics].some((answer) => answer !== undefined);
}

/** A yes that is there already stays as it is, with the parts that were switched off since. */
function toDecided(
  before: ConsentRecord,
  { telemetry, dryRun, catalogueVersion, catalogue }: ConsentAnswers,
  effects: AnswerEffects,
): ConsentRecord {
  if (telemetry === false) return toNo(before, effects);
  if (telemetry === undefined || before.telemetryEnabled) return before;
  return toYes(before, { dryRun: dryRun ?? before.dryRun ?? true, catalogueVersion, catalogue }, effects);
}

function isNews(answer: boolean | undefined, before: boolean | undefined): answer is boolean {
  return answer !== undefined && answer !== before;
}
