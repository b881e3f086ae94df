import { TelemetryError } from '../../internal/index.js';
import type { LocalApiParts } from './parts.js';

export interface AnswerToChanges {
  /** The versions that `GET /changes` told. */
  readonly accept: string | undefined;
  readonly decline: string | undefined;
}

/**
 * Keep what the person has said to what is collected besides. They answer what they saw, and nothing else.
 *
 * @throws {TelemetryError} `CATALOGUE_CHANGED` for another version than the one of this moment; nothing was kept
 * @throws {ConsentError} `CONSENT_NOT_STORED`
 */
export function answerChanges(
  { consent, refresh }: LocalApiParts,
  { accept, decline }: AnswerToChanges,
): void {
  const isKept =
    (decline === undefined || consent.declineCatalogue(decline)) &&
    (accept === undefined || consent.acceptCatalogue(accept));
  refresh();
  if (isKept) return;
  throw new TelemetryError(
    'CATALOGUE_CHANGED',
    'What is collected is not what was shown, or is for the app itself to ask about. Nothing was agreed to. Look at GET /changes, and answer again.',
  );
}
