import type { JsonSchema } from './json-schema.js';

/** What zod keeps of a schema, or of a check of one, as far as it is read here. zod offers this to libraries. */
interface ZodDefinition {
  readonly type?: unknown;
  readonly entries?: unknown;
  readonly values?: unknown;
  readonly innerType?: unknown;
  readonly checks?: readonly unknown[];
  readonly check?: unknown;
  readonly format?: unknown;
  readonly value?: unknown;
}

/**
 * The JSON Schema of a zod schema of the kinds that most fields have: an enum, literals, a boolean, a number with bounds,
 * each optional or nullable. zod's own description says the same, but its first use takes milliseconds of every start.
 *
 * @returns undefined for any other schema, which has to describe itself
 * @remarks Should a later zod mean something else by these words, a field is bounded all the same: by what was read here.
 */
export function describeZod(schema: unknown): JsonSchema | undefined {
  const definition = definitionOf(schema);
  if (definition?.type === 'number') return describeNumber(definition);
  if (definition?.checks !== undefined) return undefined;
  switch (definition?.type) {
    case 'boolean':
      return { type: 'boolean' };
    case 'enum':
      return describeLabels(Object.values(definition.entries ?? {}), isText);
    case 'literal':
      return describeLabels(definition.values, isLabel);
    case 'optional':
    case 'nullable':
      return describeZod(definition.innerType);
    default:
      return undefined;
  }
}

function definitionOf(holder: unknown): ZodDefinition | undefined {
  return (holder as { readonly _zod?: { readonly def?: ZodDefinition } } | undefined)?._zod?.def;
}

function describeLabels(labels: unknown, isUsable: (label: unknown) => boolean): JsonSchema | undefined {
  return Array.isArray(labels) && labels.length > 0 && labels.every(isUsable) ? { enum: labels } : undefined;
}

/** An enum of TypeScript's with numbers names each of them in both directions: that is for zod to sort out. */
const isText = (label: unknown) => typeof label === 'string';

const isLabel = (label: unknown) => ['string', 'number', 'boolean'].includes(typeof label);

/** With its tightest bounds. Whether a bound itself is excluded is for the schema to check. */
function describeNumber(definition: ZodDefinition): JsonSchema | undefined {
  const { checks = [] } = definition;
  // A number that has a format is its own first check.
  const all =
    definition.check === undefined ? checks.map(definitionOf) : [definition, ...checks.map(definitionOf)];
  let [type, minimum, maximum] = ['number', -Infinity, Infinity];
  for (const check of all) {
    if (check?.check === 'number_format' && check.format === 'safeint') type = 'integer';
    else if (check?.check === 'greater_than') minimum = Math.max(minimum, Number(check.value));
    else if (check?.check === 'less_than') maximum = Math.min(maximum, Number(check.value));
    else return undefined;
  }
  return { type, minimum: finite(minimum), maximum: finite(maximum) };
}

const finite = (bound: number) => (Number.isFinite(bound) ? bound : undefined);
