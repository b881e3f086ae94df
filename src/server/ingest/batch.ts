import { TelemetryError, typeName } from '../../internal/index.js';
import { isJsonObject, isNestedWithin } from '../http/index.js';
import { type IngestEvent, MAX_PROPERTY_LEVELS } from '../wire/index.js';
import { isIsoTimestamp } from './iso-timestamp.js';

const MAX_NAME_LENGTH = 200;

/** The form of RFC 4122, with the versions up to 8 that RFC 9562 added. The nil and max UUIDs identify nothing. */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

interface FieldRule {
  readonly field: keyof IngestEvent;
  readonly accepts: (value: unknown) => boolean;
  readonly expected: string;
}

const NAME = `a string of 1 to ${MAX_NAME_LENGTH} UTF-16 units`;

const FIELD_RULES: readonly FieldRule[] = [
  { field: 'event', accepts: isName, expected: NAME },
  { field: 'distinct_id', accepts: isName, expected: NAME },
  { field: 'uuid', accepts: (value) => typeof value === 'string' && UUID.test(value), expected: 'a UUID' },
  {
    field: 'timestamp',
    accepts: (value) => typeof value === 'string' && isIsoTimestamp(value),
    expected: 'an ISO 8601 date and time with an offset',
  },
  {
    field: 'properties',
    accepts: (value) => isJsonObject(value) && isNestedWithin(value, MAX_PROPERTY_LEVELS),
    expected: `an object of at most ${MAX_PROPERTY_LEVELS} levels`,
  },
];

/**
 * The events of a `POST /batch/` body.
 *
 * @param body - parsed JSON of any shape
 * @returns every event of `batch`, in order, with its five fields as they were received and nothing else
 * @throws {TelemetryError} `REQUEST_INVALID` on the first event that breaks a rule, naming its index and field and the
 *   type received, never a value
 */
export function parseBatch(body: unknown): IngestEvent[] {
  const batch = isJsonObject(body) ? body.batch : undefined;
  if (!Array.isArray(batch) || batch.length === 0) {
    throw new TelemetryError('REQUEST_INVALID', 'batch must be an array with at least one event.');
  }
  return batch.map(parseEvent);
}

function parseEvent(raw: unknown, index: number): IngestEvent {
  if (!isJsonObject(raw)) {
    throw new TelemetryError('REQUEST_INVALID', `batch[${index}] must be an object, not ${typeName(raw)}.`);
  }
  const broken = FIELD_RULES.find(({ field, accepts }) => !accepts(raw[field]));
  if (broken !== undefined) {
    const { field, expected } = broken;
    const received = typeName(raw[field]);
    throw new TelemetryError(
      'REQUEST_INVALID',
      `batch[${index}].${field} must be ${expected}; received: ${received}.`,
    );
  }
  const { uuid, event, distinct_id, timestamp, properties } = raw as unknown as IngestEvent;
  return { uuid, event, distinct_id, timestamp, properties };
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && value.length > 0 && value.length <= MAX_NAME_LENGTH;
}
