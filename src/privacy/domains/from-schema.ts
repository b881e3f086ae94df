import type { StandardJSONSchemaV1, StandardSchemaV1 } from '@standard-schema/spec';
import { ConfigError, typeName } from '../../internal/index.js';
import type { JsonValue } from '../json.js';
import { bool } from './bool.js';
import { anyOf, listOf } from './composites.js';
import type { Domain } from './domain.js';
import type { JsonSchema } from './json-schema.js';
import { integer, number } from './number.js';
import { oneOf } from './one-of.js';
import { pattern } from './pattern.js';
import { describeZod } from './zod-definition.js';

/**
 * A maker's own schema: zod 4, or any library that implements Standard Schema and Standard JSON Schema.
 *
 * @typeParam Value - what it gives out; @typeParam Input - what it takes, `unknown` for one that coerces
 */
export type BoundedSchema<Value = unknown, Input = unknown> = StandardSchemaV1<Input, Value>;

/**
 * The domain of a maker's schema. Its JSON Schema must prove that the values are bounded; at run time a value must lie
 * in that domain *and* pass the schema itself, so refinements keep their effect and coercions have none.
 *
 * @throws {ConfigError} `PLAIN_UNBOUNDED` when the schema admits free text or unbounded numbers, or cannot be read
 */
export function domainOfSchema<Value>(schema: BoundedSchema<Value>): Domain<Value> {
  const json = describeZod(schema) ?? toJsonSchema(schema);
  const domain = fromJsonSchema(json);
  const encode: Domain['encode'] = (value) => {
    const encoded = domain.encode(value);
    return encoded !== undefined && passes(schema, value) ? encoded : undefined;
  };
  return { ...domain, encode, example: () => exampleOf(json, domain, encode) } as Domain<Value>;
}

/** The first obvious value that passes the schema itself too; one of its bounded type where a refinement takes none of them. */
function exampleOf(json: JsonSchema, domain: Domain, encode: Domain['encode']): JsonValue {
  const labels = Array.isArray(json.enum) ? (json.enum as unknown[]) : [];
  for (const value of [json.default, domain.example(), ...labels, json.minimum, json.maximum]) {
    try {
      const encoded = encode(value);
      if (encoded !== undefined) return encoded;
    } catch {
      // A refinement that throws on an example says nothing about the field.
    }
  }
  return domain.example();
}

/** Does this look like a schema of a library that we can read? */
export function isSchema(value: unknown): value is BoundedSchema {
  const isHolder = (typeof value === 'object' && value !== null) || typeof value === 'function';
  return isHolder && '~standard' in value;
}

/** Only a schema that answers at once, and with a value, can let something pass. */
function passes(schema: BoundedSchema, value: unknown): boolean {
  const result = schema['~standard'].validate(value);
  if (result instanceof Promise) {
    // An asynchronous refinement that rejects must not become the host's unhandled rejection.
    result.catch(() => {});
    return false;
  }
  return result.issues === undefined && 'value' in result;
}

function toJsonSchema(schema: BoundedSchema): JsonSchema {
  const standard = schema['~standard'] as Partial<StandardJSONSchemaV1.Props>;
  if (!standard.jsonSchema) {
    throw unbounded(`a schema of \`${String(standard.vendor)}\` that cannot describe itself as JSON Schema`);
  }
  try {
    return standard.jsonSchema.input({ target: 'draft-2020-12' }) as JsonSchema;
  } catch (cause) {
    throw unbounded('a schema that JSON Schema cannot express', cause);
  }
}

function fromJsonSchema(schema: JsonSchema): Domain {
  if (schema.const !== undefined) return oneOf(asLabel(schema.const));
  if (Array.isArray(schema.enum)) return oneOf(...schema.enum.map(asLabel));
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(alternatives)) return fromAlternatives(alternatives as JsonSchema[]);
  if (Array.isArray(schema.type)) return fromAlternatives(schema.type.map((type) => ({ ...schema, type })));
  switch (schema.type) {
    case 'boolean':
      return bool();
    case 'number':
    case 'integer':
      return fromNumber(schema);
    case 'string':
      return fromString(schema);
    case 'array':
      return listOf(
        fromJsonSchema((schema.items ?? {}) as JsonSchema),
        typeof schema.maxItems === 'number' ? { maxMembers: schema.maxItems } : {},
      );
    default:
      throw unbounded(
        typeof schema.type === 'string' ? `a schema of type ${schema.type}` : 'a schema without a type',
      );
  }
}

/** Null carries nothing and is handled for every field alike, so a nullable schema is as bounded as its inside. */
function fromAlternatives(alternatives: readonly JsonSchema[]): Domain {
  const domains = alternatives.filter((schema) => schema.type !== 'null').map(fromJsonSchema);
  return domains.length === 1 && domains[0] ? domains[0] : anyOf(domains);
}

function fromNumber(schema: JsonSchema): Domain {
  const min = schema.minimum ?? schema.exclusiveMinimum;
  const max = schema.maximum ?? schema.exclusiveMaximum;
  if (typeof min !== 'number' || typeof max !== 'number') {
    throw unbounded('a number without both bounds; add .min() and .max()');
  }
  return schema.type === 'integer' ? integer({ min, max }) : number({ min, max });
}

/** A format names a kind of thing, and the kinds are addresses, identifiers and keys: short, but never harmless. */
function fromString(schema: JsonSchema): Domain {
  if (schema.format === 'date') return { ...pattern(/^\d{4}-\d{2}-\d{2}$/), example: () => '2026-01-31' };
  if (schema.format !== undefined) throw unbounded(`a string of the format ${String(schema.format)}`);
  if (typeof schema.pattern === 'string') return pattern(toExpression(schema.pattern));
  throw unbounded('a string without a closed pattern: free text cannot be declared plain');
}

function toExpression(source: string): RegExp {
  try {
    return new RegExp(source);
  } catch (cause) {
    throw unbounded('a string with a pattern that cannot be read', cause);
  }
}

function asLabel(value: unknown): string | number | boolean {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  throw unbounded(`a label of type ${typeName(value)}`);
}

function unbounded(what: string, cause?: unknown): ConfigError {
  return new ConfigError(
    'PLAIN_UNBOUNDED',
    `A plain field was given ${what}. Plain needs a bounded type: labels, a boolean, a number with both bounds, a date ` +
      'bucket or a closed pattern. Otherwise choose @hash, @textCount, @boolean or @count.',
    { cause },
  );
}
