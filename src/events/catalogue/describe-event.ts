import {
  eventNameOnWire,
  type FieldRule,
  modelOfSchema,
  propertyNameOf,
  redactedNameOf,
  type SchemaModel,
  type Stewardship,
} from '../../privacy/index.js';
import type { CatalogueEvent, CatalogueField } from './catalogue.js';
import { describeRule } from './describe-rule.js';
import { INSIDE_ITSELF } from './words.js';

/** The fields of a class, and the paths of those that never leave. */
interface Description {
  readonly fields: readonly CatalogueField[];
  readonly forbidden: readonly string[];
}

export function describeEvent(app: string, model: SchemaModel): CatalogueEvent {
  const { fields, forbidden } = describeFields(model);
  return {
    name: model.event ? eventNameOnWire(app, model.event) : '',
    fields,
    forbidden,
    undeclared: model.event?.undeclared ?? 'drop',
    ...(model.event?.stewardship ?? UNSAID),
    example: exampleOf(fields),
  };
}

/** @param outer - the classes that this one is inside of, so that a class inside itself comes to an end */
export function describeFields(model: SchemaModel, outer: readonly SchemaModel[] = []): Description {
  const fields: CatalogueField[] = [];
  const forbidden: string[] = [];
  for (const [source, rule] of model.sources) {
    const name = propertyNameOf(source, rule);
    if (rule.conversion === 'forbidden') {
      forbidden.push(name);
    } else if (rule.conversion === 'nested') {
      const inside = describeNested(name, rule, [...outer, model]);
      if (!inside) continue;
      fields.push(inside.field);
      forbidden.push(...inside.forbidden);
    } else {
      fields.push(toField(name, describeRule(name, rule), rule));
      const redactedName = redactedNameOf(source, rule);
      if (redactedName !== undefined) fields.push(toField(redactedName, REDACTED, rule));
    }
  }
  return { fields, forbidden };
}

const REDACTED = {
  conversion: 'redacted',
  description: 'the text itself with what identifies replaced, at most 1,000 characters',
  example: 'why does <EMAIL> not open <PATH>',
  needs: 'toolsOverPrivacy',
} as const;

/** Undefined for a class that declares nothing: nothing of it leaves. */
function describeNested(
  name: string,
  rule: Extract<FieldRule, { conversion: 'nested' }>,
  outer: readonly SchemaModel[],
): { readonly field: CatalogueField; readonly forbidden: readonly string[] } | undefined {
  const model = modelOfSchema(rule.schema());
  if (!model) return undefined;
  const isWithinItself = outer.includes(model);
  const { fields, forbidden } = isWithinItself ? NOTHING : describeFields(model, outer);
  return {
    field: toField(
      name,
      {
        conversion: 'nested',
        description: isWithinItself ? INSIDE_ITSELF : 'a group of the following, or a list of such groups',
        example: exampleOf(fields),
        fields,
      },
      rule,
    ),
    forbidden: forbidden.map((inner) => `${name}.${inner}`),
  };
}

const NOTHING: Description = { fields: [], forbidden: [] };

const UNSAID: Stewardship = { purpose: undefined, owner: undefined, expires: undefined };

/** One order of keys for every field. */
function toField(
  name: string,
  described: Pick<CatalogueField, 'conversion' | 'description' | 'example'> & Partial<CatalogueField>,
  { stewardship }: Pick<FieldRule, 'stewardship'>,
): CatalogueField {
  const { conversion, description, example, labels = [], links, needs, fields = [] } = described;
  return { name, conversion, description, example, labels, links, needs, ...stewardship, fields };
}

/** Properties with an example of each, without what needs a second yes. */
export function exampleOf(fields: readonly CatalogueField[]): CatalogueEvent['example'] {
  return Object.fromEntries(
    fields.filter(({ needs }) => needs === undefined).map(({ name, example }) => [name, example]),
  );
}
