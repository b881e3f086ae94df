import { blake3 } from '@noble/hashes/blake3.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import {
  eventNameOnWire,
  type FieldRule,
  modelOfSchema,
  propertyNameOf,
  redactedNameOf,
  type SchemaModel,
} from '../../privacy/index.js';

const VERSION_BYTES = 8;

/**
 * A short name for everything that decides what leaves: names, conversions, bounds and labels.
 *
 * @returns 16 hexadecimal digits; the same whatever the order of classes, fields and labels, and however a rule is worded
 */
export function versionOf(app: string, models: readonly SchemaModel[]): string {
  const events = models.map((model) => ({
    name: model.event && eventNameOnWire(app, model.event),
    fields: definitionsOf(model, []),
    open: model.event?.undeclared === 'plain' && forbiddenOf(model),
  }));
  return bytesToHex(blake3(utf8ToBytes(toText(new Set(events.map(toText)))), { dkLen: VERSION_BYTES }));
}

/** Only where undeclared fields pass does it matter which ones are forbidden: elsewhere they would not leave anyway. */
function forbiddenOf({ sources }: SchemaModel): string[] {
  return [...sources].flatMap(([source, { conversion }]) => (conversion === 'forbidden' ? [source] : []));
}

interface Definition {
  readonly name: string;
  readonly rule: object;
  readonly redactedName: string | undefined;
  readonly fields: readonly Definition[] | 'itself';
}

function definitionsOf(model: SchemaModel, outer: readonly SchemaModel[]): Definition[] {
  const leaving = [...model.sources].filter(([, { conversion }]) => conversion !== 'forbidden');
  return leaving.map(([source, rule]) => {
    const name = propertyNameOf(source, rule);
    return {
      name,
      rule: withoutSpelling(name, rule),
      redactedName: redactedNameOf(source, rule),
      fields: nestedDefinitions(rule, [...outer, model]),
    };
  });
}

function nestedDefinitions(rule: FieldRule, outer: readonly SchemaModel[]): Definition['fields'] {
  const model = rule.conversion === 'nested' ? modelOfSchema(rule.schema()) : undefined;
  if (!model) return [];
  return outer.includes(model) ? 'itself' : definitionsOf(model, outer);
}

/** The same decision can be spelled in several ways, as a field's own name and as the same name given by `as`. */
function withoutSpelling(name: string, rule: FieldRule): object {
  const { as: _name, ...decision } = rule;
  switch (decision.conversion) {
    case 'hash':
      return { ...decision, identity: decision.identity ?? name };
    case 'text_count':
      return { conversion: decision.conversion };
    default:
      return decision;
  }
}

/** JSON of data only, with every list and every object in one order. What a domain says of itself in words is left out. */
function toText(value: unknown): string {
  if (value instanceof Set || Array.isArray(value)) return `[${[...value].map(toText).sort().join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(
    ([key, inner]) => key !== 'description' && typeof inner !== 'function',
  );
  return `{${entries
    .map(([key, inner]) => `${JSON.stringify(key)}:${toText(inner)}`)
    .sort()
    .join()}}`;
}
