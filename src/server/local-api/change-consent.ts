import type { ConsentParts } from '../../client/index.js';
import { TelemetryError } from '../../internal/index.js';
import { readFlagsFile } from '../../settings/index.js';
import type { LocalApiParts } from './parts.js';

type Answers = Parameters<ConsentParts['answer']>[0];

/**
 * Keep what the person decided. What allows less is always kept; what allows more only while every file that may say no can
 * be read.
 *
 * @throws {TelemetryError} `CONSENT_FILE_UNREADABLE` or `CONFIG_FILE_UNREADABLE`: what allows more was not kept
 * @throws {ConsentError} `CONSENT_NOT_STORED`: telemetry is off in this process then, if the answer was a no
 */
export function changeConsent({ consent, refresh }: LocalApiParts, answers: Answers): void {
  const hindrance = Object.entries(answers).some(isWider) ? findUnreadable(consent) : undefined;
  const kept = hindrance ? Object.fromEntries(Object.entries(answers).filter(isNarrower)) : answers;
  try {
    consent.answer(kept);
  } catch (error) {
    if (answers.telemetry === false) consent.store.fail();
    throw error;
  } finally {
    refresh();
  }
  if (hindrance) throw hindrance;
}

type Answer = readonly [name: string, value: boolean | undefined];

/** Dry run is the one decision whose yes allows less. */
const isWider = ([name, value]: Answer) => value === (name !== 'dryRun');
const isNarrower = ([name, value]: Answer) => value === (name === 'dryRun');

function findUnreadable({ file, places }: ConsentParts): TelemetryError | undefined {
  const status = file.status();
  if (status !== 'absent' && status !== 'usable') {
    return new TelemetryError(
      'CONSENT_FILE_UNREADABLE',
      'The file of decisions about telemetry cannot be read, and it may hold a no. Nothing more was allowed. Say no once to begin a new file, or repair it.',
    );
  }
  if (readFlagsFile(places)?.status === 'unreadable') {
    return new TelemetryError(
      'CONFIG_FILE_UNREADABLE',
      'The config file of the app cannot be read, and it may hold a no. Nothing more was allowed. Repair the file, and try again.',
    );
  }
  return undefined;
}
