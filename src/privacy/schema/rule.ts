import type { AggregateFunction } from '../conversions/aggregate.js';
import { type Domain, narrowDomain } from '../domains/index.js';
import type { HashScope } from '../hash-value.js';
import { inheritStewardship, type Stewardship, type StewardshipOptions } from './stewardship.js';

/** What every rule can say besides its conversion. */
export interface FieldOptions extends StewardshipOptions {
  /** Name of the property that leaves; the field's own name unless given. */
  readonly as?: string;
}

export interface HashOptions extends FieldOptions {
  /** The class of thing the field names; hashes are comparable within it. The property's name unless given. */
  readonly identity?: string;
  /** `session`: cannot be linked from one session to the next. `installation` unless given. */
  readonly scope?: HashScope;
}

export interface TextCountOptions extends FieldOptions {
  /** With the user's second yes (tools over privacy), the scrubbed text itself is added under `redactedAs`. */
  readonly withToolsOverPrivacy?: 'redact';
  /** Name of the added property; `<as>_redacted` unless given. */
  readonly redactedAs?: string;
}

export interface AggregateOptions extends FieldOptions {
  /** Places the result is rounded to; unrounded unless given. */
  readonly decimals?: number;
}

/** A class, or a function that gives it where two classes need each other. */
export type SchemaReference = () => object;

/** The privacy decision on one field, complete: nothing is optional but what may honestly be absent. */
export type FieldRule = { readonly as: string | undefined; readonly stewardship: Stewardship } & (
  | { readonly conversion: 'forbidden' }
  | { readonly conversion: 'boolean' }
  | { readonly conversion: 'count' }
  | {
      readonly conversion: 'text_count';
      readonly redactedAs: string | undefined;
      readonly canRedact: boolean;
    }
  | {
      readonly conversion: 'aggregate';
      readonly aggregate: AggregateFunction;
      readonly decimals: number | undefined;
    }
  | { readonly conversion: 'distribution'; readonly labels: ReadonlySet<string> }
  | { readonly conversion: 'presence_map' }
  | { readonly conversion: 'nested'; readonly schema: SchemaReference }
  | { readonly conversion: 'hash'; readonly identity: string | undefined; readonly scope: HashScope }
  | { readonly conversion: 'plain'; readonly domain: Domain }
);

export type Conversion = FieldRule['conversion'];

/**
 * What a subclass may turn a conversion into: only what can be told from its output anyway. A hash shows no number and
 * no label, so neither an aggregate nor a distribution may take its place.
 */
const MAY_BECOME: Record<Conversion, readonly Conversion[]> = {
  forbidden: [],
  boolean: ['forbidden'],
  count: ['forbidden', 'boolean'],
  text_count: ['forbidden', 'boolean'],
  presence_map: ['forbidden', 'boolean', 'count'],
  aggregate: ['forbidden', 'boolean'],
  distribution: ['forbidden', 'boolean', 'count'],
  hash: ['forbidden', 'boolean'],
  nested: ['forbidden', 'boolean', 'count'],
  plain: ['forbidden', 'boolean', 'count', 'text_count', 'aggregate', 'distribution', 'hash'],
};

/** Does `child` tell no more than `parent`? Decides whether a subclass may redeclare a field. */
export function isAtLeastAsStrict(child: FieldRule, parent: FieldRule): boolean {
  if (child.conversion !== parent.conversion) return MAY_BECOME[parent.conversion].includes(child.conversion);
  switch (child.conversion) {
    case 'forbidden':
    case 'boolean':
    case 'count':
    case 'presence_map':
      return true;
    case 'text_count':
      return !child.canRedact || (parent as typeof child).canRedact;
    case 'aggregate':
      return (
        child.aggregate === (parent as typeof child).aggregate && isCoarser(child, parent as typeof child)
      );
    case 'distribution':
      return [...child.labels].every((label) => (parent as typeof child).labels.has(label));
    case 'hash':
      return (
        (child.identity ?? (parent as typeof child).identity) === (parent as typeof child).identity &&
        isNarrowerScope(child, parent as typeof child)
      );
    case 'nested':
      return isSubclass(classOf(child), classOf(parent as typeof child));
    case 'plain':
      return child.domain.isWithin((parent as typeof child).domain);
    default:
      return child satisfies never;
  }
}

/**
 * The rule in force where a subclass redeclares a field: the parent's if that is stricter, else the subclass's own with
 * the inherited name and identity unless it gives others.
 */
export function inheritRule(child: FieldRule, parent: FieldRule | undefined): FieldRule {
  if (!parent) return child;
  if (!isAtLeastAsStrict(child, parent)) return parent;
  const stewardship = inheritStewardship(child.stewardship, parent.stewardship);
  const named = { ...child, as: child.as ?? parent.as, stewardship };
  if (named.conversion === 'plain' && parent.conversion === 'plain')
    return { ...named, domain: narrowDomain(named.domain, parent.domain) };
  if (named.conversion === 'hash' && parent.conversion === 'hash')
    return { ...named, identity: named.identity ?? parent.identity };
  return named;
}

type Rule<C extends Conversion> = Extract<FieldRule, { conversion: C }>;

const isCoarser = (child: Rule<'aggregate'>, parent: Rule<'aggregate'>) =>
  (child.decimals ?? Number.POSITIVE_INFINITY) <= (parent.decimals ?? Number.POSITIVE_INFINITY);

const isNarrowerScope = (child: Rule<'hash'>, parent: Rule<'hash'>) =>
  child.scope === 'session' || parent.scope === 'installation';

/** Undefined while the class is still being defined; its rules are compared again at the first serialization. */
function classOf({ schema }: Rule<'nested'>): object | undefined {
  try {
    return schema();
  } catch {
    return undefined;
  }
}

function isSubclass(child: object | undefined, parent: object | undefined): boolean {
  if (child === undefined || parent === undefined || child === parent) return true;
  return Object.prototype.isPrototypeOf.call(parent, child);
}
