import { isDevelopment } from '../internal/index.js';
import { invalidFields, type JsonObject, serializeForTelemetry } from '../privacy/index.js';
import { EventError } from './errors.js';

// biome-ignore lint/suspicious/noExplicitAny: any function type is meant, whatever it takes
type Method = (...args: any[]) => unknown;

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

type ReadonlyFields<Event> = {
  [Field in keyof Event]-?: Same<{ [F in Field]: Event[F] }, { readonly [F in Field]: Event[F] }> extends true
    ? Field
    : never;
}[keyof Event];

type DataFields<Event> = {
  [Field in keyof Event as NonNullable<Event[Field]> extends Method ? never : Field]: Event[Field];
};

/**
 * The data fields of an event class: what `create()` takes. Methods are left out; readonly fields may be, because a
 * getter looks like one.
 */
export type EventFields<Event> = Omit<DataFields<Event>, ReadonlyFields<Event>> &
  Partial<Pick<DataFields<Event>, Extract<keyof DataFields<Event>, ReadonlyFields<Event>>>>;

/**
 * Base of every event class. A subclass declares fields with decorators and is named by `@event(name)`.
 *
 * @example
 * ```ts
 * @event('code_search')
 * class CodeSearch extends TelemetryEvent {
 *   @plain(oneOf('UNDERSTAND', 'DEBUG')) intent!: 'UNDERSTAND' | 'DEBUG';
 *   @count() results!: Match[];
 * }
 * telemetry.capture(CodeSearch.create({ intent: 'DEBUG', results }));
 * ```
 */
export abstract class TelemetryEvent {
  /**
   * An event of this class.
   *
   * @param fields - every field of the class; the object is read, never changed or kept. A field that cannot be read,
   *   or that the class computes in a getter, is left as the class made it
   * @throws {EventError} `EVENT_VALUE_INVALID` under `NODE_ENV=development|test` when a plain field lies outside its
   *   schema. Otherwise that field is dropped and counted when the event is captured.
   */
  static create<Event extends TelemetryEvent>(this: new () => Event, fields: EventFields<Event>): Event {
    const event = new this();
    assignFields(event, fields);
    if (isDevelopment()) assertValid(event);
    return event;
  }

  /**
   * What would leave the machine, hashes being marked placeholders: there is no secret outside a client. For the real
   * bytes ask `client.preview(event)`.
   */
  serializeForTelemetry(): JsonObject {
    return serializeForTelemetry(this);
  }
}

/** Give an event its fields. One that cannot be read is left as the class made it. */
export function assignFields<Event extends object>(event: Event, fields: object): Event {
  const target = event as Record<string, unknown>;
  const source = (fields ?? {}) as Readonly<Record<string, unknown>>;
  for (const field of Object.keys(source)) {
    if (field === '__proto__') continue;
    try {
      target[field] = source[field];
    } catch {
      // Telemetry never harms its host: the field stays as the class made it.
    }
  }
  return event;
}

function assertValid(event: TelemetryEvent): void {
  const [first, ...others] = invalidFields(event);
  if (!first) return;
  const rest =
    others.length === 0 ? '' : ` ${others.length} more: ${others.map(({ field }) => field).join(', ')}.`;
  throw new EventError(
    'EVENT_VALUE_INVALID',
    `Field \`${first.field}\` of ${event.constructor.name} must be ${first.expected}; the ${first.receivedType} it received is not.${rest} ` +
      'In production the field would be dropped and counted. Correct the value or widen the schema.',
  );
}
