import { ConfigError } from '../../internal/index.js';
import {
  type DeclaredField,
  type EventDeclaration,
  type EventKind,
  eventOf,
  fieldsOf,
  lineageOfMetadata,
  ownFieldsOf,
  type SchemaMetadata,
  setEvent,
} from './metadata.js';
import { assertNamesAreFree, assertNamesAreUsable } from './property-names.js';
import { type FieldRule, inheritRule, isAtLeastAsStrict } from './rule.js';
import { inheritStewardship } from './stewardship.js';

/**
 * Record a field's rule.
 *
 * @throws {ConfigError} `FIELD_DUPLICATE` when the class decides twice about a field or two fields leave under one name,
 *   `FIELD_UNSUPPORTED` for a name that cannot leave, `FIELD_WEAKENED` when the rule tells more than the one inherited
 */
export function declareField(metadata: SchemaMetadata, field: DeclaredField): void {
  const { source } = field;
  const own = ownFieldsOf(metadata);
  if (own.has(source)) {
    throw new ConfigError('FIELD_DUPLICATE', `Field \`${source}\` has two rules; keep the stricter one.`);
  }
  const others = fieldsOf(lineageOfMetadata(metadata));
  const inherited = others.find((other) => other.source === source)?.rule;
  if (inherited && !isAtLeastAsStrict(field.rule, inherited)) throw weakened(field, inherited);
  const rule = inheritRule(field.rule, inherited);
  assertNamesAreUsable({ source, rule });
  assertNamesAreFree({ source, rule }, others);
  own.set(source, field.rule);
}

/**
 * Record what a class is as an event; the handlers of its parents stay in force.
 *
 * @throws {ConfigError} `FIELD_WEAKENED` when the class would let undeclared fields pass that its parent drops
 */
export function declareEvent(metadata: SchemaMetadata, event: EventAsDeclared): void {
  const inherited = eventOf(parentsOf(metadata));
  if (inherited?.undeclared === 'drop' && event.undeclared === 'plain') {
    throw new ConfigError(
      'FIELD_WEAKENED',
      `Event \`${inherited.name}\` drops undeclared fields; its subclass \`${event.name}\` cannot let them pass. ` +
        'Leave `undeclared` out, or declare both events over a common parent class without @event.',
    );
  }
  const kind = event.kind ?? inherited?.kind ?? 'usage';
  const stewardship = inherited
    ? inheritStewardship(event.stewardship, inherited.stewardship)
    : event.stewardship;
  const handlers = [...(inherited?.handlers ?? []), ...event.handlers];
  setEvent(metadata, { ...event, kind, handlers, stewardship });
}

/** A subclass that says nothing of its kind is of its parent's. */
type EventAsDeclared = Omit<EventDeclaration, 'kind'> & { readonly kind: EventKind | undefined };

const parentsOf = (metadata: SchemaMetadata) => lineageOfMetadata(metadata).slice(0, -1);

function weakened({ source, rule }: DeclaredField, inherited: FieldRule): ConfigError {
  return new ConfigError(
    'FIELD_WEAKENED',
    `Field \`${source}\` is \`${inherited.conversion}\` in the parent class; \`${rule.conversion}\` as declared here would ` +
      'tell more or something else. A subclass can only be stricter: choose a narrower rule, or give the field another name.',
  );
}
