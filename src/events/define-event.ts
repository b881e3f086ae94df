import { ConfigError, typeName } from '../internal/index.js';
import {
  type DeclaredValue,
  declareField,
  type EventOptions,
  type FieldDeclaration,
  isFieldDeclaration,
  nameEvent,
  ownMetadataOf,
  rememberEventClass,
} from '../privacy/index.js';
import { TelemetryEvent } from './telemetry-event.js';

type Declarations = Readonly<Record<string, Pick<FieldDeclaration<never>, 'rule'>>>;

type MayBeLeftOut<Fields extends Declarations> = {
  [Name in keyof Fields]: undefined extends DeclaredValue<Fields[Name]> ? Name : never;
}[keyof Fields];

/** The fields of an event declared by {@link defineEvent}; those whose rule has an answer for nothing may be left out. */
export type DefinedFields<Fields extends Declarations> = {
  [Name in Exclude<keyof Fields, MayBeLeftOut<Fields>>]: DeclaredValue<Fields[Name]> | null;
} & {
  [Name in MayBeLeftOut<Fields>]?: DeclaredValue<Fields[Name]> | null | undefined;
};

/** An event class made by {@link defineEvent}. */
export interface EventClass<Fields extends Declarations> {
  new (): TelemetryEvent & DefinedFields<Fields>;
  /** An event of this class. See {@link TelemetryEvent.create}. */
  create(fields: DefinedFields<Fields>): TelemetryEvent & DefinedFields<Fields>;
}

/**
 * Declare an event without decorators, over the same model: for plain JavaScript and native type stripping.
 *
 * @param name - a letter, then letters, digits, `_ . : -`; at most 100 characters
 * @param fields - field → decision: `{ intent: plain(oneOf('UNDERSTAND', 'DEBUG')), query: textCount() }`
 * @throws {ConfigError} as the decorators do; `OPTION_INVALID` for a field without a declaration
 */
export function defineEvent<const Fields extends Declarations>(
  name: string,
  fields: Fields,
  options: EventOptions = {},
): EventClass<Fields> {
  class DefinedEvent extends TelemetryEvent {}
  Object.defineProperty(DefinedEvent, 'name', { value: name });
  const metadata = ownMetadataOf(DefinedEvent);
  nameEvent(metadata, name, options);
  for (const [source, field] of Object.entries(fields))
    declareField(metadata, { source, rule: ruleOf(source, field) });
  rememberEventClass(DefinedEvent);
  return DefinedEvent as unknown as EventClass<Fields>;
}

function ruleOf(source: string, field: unknown): FieldDeclaration<unknown>['rule'] {
  if (isFieldDeclaration(field)) return field.rule;
  throw new ConfigError(
    'OPTION_INVALID',
    `Field \`${source}\` needs a declaration such as count() or plain(oneOf(…)); received ${typeName(field)}.`,
  );
}
