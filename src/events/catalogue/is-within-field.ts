import { expiresLater } from './expiry.js';
import { isWithinDomain } from './is-within-domain.js';
import type { FieldScope } from './scope.js';

type Conversion = FieldScope['conversion'];
type Of<C extends Conversion> = Extract<FieldScope, { conversion: C }>;

/**
 * What a conversion may become without telling more: only what can be told from its output, whatever stands in the field.
 * A plain property becomes no length, sum, hash or number of members, though a subclass may declare it so: its closed list
 * let nothing else pass, and these tell of anything.
 */
const MAY_BECOME: Readonly<Record<Conversion, readonly Conversion[]>> = {
  boolean: [],
  count: ['boolean'],
  text_count: ['boolean'],
  presence_map: ['boolean', 'count'],
  aggregate: ['boolean'],
  distribution: ['boolean', 'count'],
  hash: ['boolean'],
  nested: ['boolean', 'count'],
  plain: ['boolean'],
  // It needs a second yes, and what takes its place would not.
  redacted: [],
  any_of: [],
};

/** Does a property tell no more than it did? False when in doubt. */
export function isWithinField(current: FieldScope, agreed: FieldScope): boolean {
  if (current.conversion === 'any_of')
    return current.alternatives.every((alternative) => isWithinField(alternative, agreed));
  if (agreed.conversion === 'any_of')
    return agreed.alternatives.some((alternative) => isWithinField(current, alternative));
  if (expiresLater(agreed.expires, current.expires)) return false;
  return current.conversion === agreed.conversion
    ? isStricter(current, agreed)
    : MAY_BECOME[agreed.conversion].includes(current.conversion);
}

/** @param current - of the same conversion as `agreed` */
function isStricter(current: Exclude<FieldScope, Of<'any_of'>>, agreed: FieldScope): boolean {
  switch (current.conversion) {
    case 'boolean':
    case 'count':
    case 'text_count':
    case 'presence_map':
    case 'redacted':
      return true;
    case 'aggregate':
      return isCoarser(current, agreed as Of<'aggregate'>);
    case 'distribution': {
      const known = new Set((agreed as Of<'distribution'>).labels);
      return current.labels.every((label) => known.has(label));
    }
    case 'hash': {
      const { identity, scope } = agreed as Of<'hash'>;
      return current.identity === identity && (current.scope === 'session' || scope === 'installation');
    }
    case 'nested':
      return isWithinNested(current, agreed as Of<'nested'>);
    case 'plain':
      return isWithinDomain(current.domain, (agreed as Of<'plain'>).domain);
    default:
      return current satisfies never;
  }
}

function isCoarser(current: Of<'aggregate'>, agreed: Of<'aggregate'>): boolean {
  const decimals = ({ decimals = Number.POSITIVE_INFINITY }: Of<'aggregate'>) => decimals;
  return current.aggregate === agreed.aggregate && decimals(current) <= decimals(agreed);
}

/** What is inside itself says what its outer class says, and is judged there. */
function isWithinNested(current: Of<'nested'>, agreed: Of<'nested'>): boolean {
  if (current.isRecursive !== agreed.isRecursive || current.levelsOut !== agreed.levelsOut) return false;
  return Object.entries(current.fields).every(([name, field]) => {
    const before = Object.hasOwn(agreed.fields, name) ? agreed.fields[name] : undefined;
    return before !== undefined && isWithinField(field, before);
  });
}
