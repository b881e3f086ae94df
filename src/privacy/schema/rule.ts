import type { AggregateFunction } from '../conversions/aggregate.js';
import type { Domain } from '../domains/index.js';
import type { HashScope } from '../keyed-hash.js';

/** What every rule can say besides its conversion. */
export interface FieldOptions {
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
export type FieldRule = { readonly as: string | undefined } & (
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

/** How much a conversion tells, least first. A rule may only be replaced by one that tells less. */
const TELLS: Record<Conversion, number> = {
  forbidden: 0,
  boolean: 1,
  count: 2,
  text_count: 2,
  presence_map: 3,
  aggregate: 3,
  distribution: 3,
  hash: 4,
  nested: 5,
  plain: 5,
};

/**
 * Does `child` tell no more than `parent`? Decides whether a subclass may redeclare a field. Two different conversions
 * of one rank tell different things, so neither may replace the other.
 */
export function isAtLeastAsStrict(child: FieldRule, parent: FieldRule): boolean {
  if (child.conversion !== parent.conversion) return TELLS[child.conversion] < TELLS[parent.conversion];
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
        child.identity === (parent as typeof child).identity && isNarrowerScope(child, parent as typeof child)
      );
    case 'nested':
      return isSubclass(child.schema(), (parent as typeof child).schema());
    case 'plain':
      return child.domain.isWithin((parent as typeof child).domain);
    default:
      return child satisfies never;
  }
}

type Rule<C extends Conversion> = Extract<FieldRule, { conversion: C }>;

const isCoarser = (child: Rule<'aggregate'>, parent: Rule<'aggregate'>) =>
  (child.decimals ?? Number.POSITIVE_INFINITY) <= (parent.decimals ?? Number.POSITIVE_INFINITY);

const isNarrowerScope = (child: Rule<'hash'>, parent: Rule<'hash'>) =>
  child.scope === 'session' || parent.scope === 'installation';

const isSubclass = (child: object, parent: object) =>
  child === parent || Object.prototype.isPrototypeOf.call(parent, child);
