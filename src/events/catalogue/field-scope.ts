import {
  type FieldRule,
  modelOfSchema,
  propertyNameOf,
  redactedNameOf,
  type SchemaModel,
  toDomainScope,
} from '../../privacy/index.js';
import type { FieldScope, FieldScopes } from './scope.js';

/** What the properties of a class may say. @param outer - the classes that this one is inside of */
export function toFieldScopes(model: SchemaModel, outer: readonly SchemaModel[] = []): FieldScopes {
  const scopes: [string, FieldScope][] = [];
  for (const [source, rule] of model.sources) {
    const name = propertyNameOf(source, rule);
    const scope = toFieldScope(name, rule, [...outer, model]);
    if (!scope) continue;
    scopes.push([name, withExpiry(scope, rule)]);
    const redactedName = redactedNameOf(source, rule);
    if (redactedName !== undefined) scopes.push([redactedName, withExpiry({ conversion: 'redacted' }, rule)]);
  }
  return Object.fromEntries(scopes);
}

function withExpiry(scope: FieldScope, { stewardship: { expires } }: FieldRule): FieldScope {
  return expires === undefined ? scope : { ...scope, expires };
}

/** The same decision can be spelled in several ways, as a field's own name and as the same name given by `as`. */
function toFieldScope(name: string, rule: FieldRule, outer: readonly SchemaModel[]): FieldScope | undefined {
  const { conversion } = rule;
  switch (conversion) {
    case 'forbidden':
      return undefined;
    case 'boolean':
    case 'count':
    case 'text_count':
    case 'presence_map':
      return { conversion };
    case 'aggregate': {
      const { aggregate, decimals } = rule;
      return { conversion, aggregate, ...(decimals === undefined ? {} : { decimals }) };
    }
    case 'distribution':
      return { conversion, labels: [...rule.labels].sort() };
    case 'hash':
      return { conversion, identity: rule.identity ?? name, scope: rule.scope };
    case 'plain':
      return { conversion, domain: toDomainScope(rule.domain) };
    case 'nested':
      return toNestedScope(modelOfSchema(rule.schema()), outer);
    default:
      return conversion satisfies never;
  }
}

/** Nothing of a class that declares nothing leaves. */
function toNestedScope(
  model: SchemaModel | undefined,
  outer: readonly SchemaModel[],
): FieldScope | undefined {
  if (!model) return undefined;
  if (!outer.includes(model)) return { conversion: 'nested', fields: toFieldScopes(model, outer) };
  const levelsOut = outer.length - 1 - outer.indexOf(model);
  return {
    conversion: 'nested',
    fields: {},
    isRecursive: true,
    ...(levelsOut === 0 ? {} : { levelsOut }),
  };
}
