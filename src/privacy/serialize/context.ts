import type { CountDrop } from '../drop-reason.js';
import { HASH_PLACEHOLDER, type HashScope } from '../hash-value.js';
import type { HeldFields } from '../held-back.js';
import type { JsonValue } from '../json.js';
import type { SchemaReference } from '../schema/rule.js';

/** At most this many values in one event and this many levels, so that any input is reduced in bounded time and size. */
const MAX_NODES = 5_000;
const MAX_DEPTH = 12;

/** What serialization needs besides the value: the secret behind a function, the user's second yes, and where losses go. */
export interface SerializationSettings {
  readonly hash: (value: unknown, identity: string, scope: HashScope) => string;
  readonly toolsOverPrivacy: boolean;
  readonly countDrop: CountDrop;
  /** Milliseconds since 1970, for what is collected until some day. */
  readonly nowMs: number;
  /** Of the object that is being reduced; undefined: nothing is held back. */
  readonly held: HeldFields | undefined;
}

/** Reduces objects of a declared schema class wherever a field holds them. */
export type ToNested = (
  value: unknown,
  reference: SchemaReference,
  context: SerializationContext,
) => JsonValue | undefined;

/** The state of reducing one event: its budget, whether anything was cut, and the way back in for nested objects. */
export interface SerializationContext extends Omit<SerializationSettings, 'held' | 'toolsOverPrivacy'> {
  readonly toNested: ToNested;
  /** The objects that are being reduced, outermost first. */
  readonly ancestors: object[];
  held: HeldFields | undefined;
  toolsOverPrivacy: boolean;
  nodesLeft: number;
  isTruncated: boolean;
}

export function createContext(settings: SerializationSettings, toNested: ToNested): SerializationContext {
  return {
    toNested,
    hash: settings.hash,
    toolsOverPrivacy: settings.toolsOverPrivacy,
    countDrop: settings.countDrop,
    nowMs: settings.nowMs,
    held: settings.held,
    ancestors: [],
    nodesLeft: MAX_NODES,
    isTruncated: false,
  };
}

/** Settings without a client: hashes are marked placeholders, losses go uncounted, and nothing has expired or is held back. */
export const DETACHED_SETTINGS: SerializationSettings = {
  hash: () => HASH_PLACEHOLDER,
  toolsOverPrivacy: false,
  countDrop: () => {},
  nowMs: Number.NEGATIVE_INFINITY,
  held: undefined,
};

/** Take one value from the budget; false, and counted, when it is used up. */
export function takeNode(context: SerializationContext): boolean {
  if (context.nodesLeft > 0) {
    context.nodesLeft -= 1;
    return true;
  }
  markTruncated(context);
  return false;
}

export function markTruncated(context: SerializationContext): void {
  context.isTruncated = true;
  context.countDrop('value_truncated');
}

/** Reduce `owner` one level deeper; undefined, and counted, when that is too deep or `owner` lies within itself. */
export function descend<Result>(
  context: SerializationContext,
  owner: object,
  reduce: () => Result,
): Result | undefined {
  const { ancestors } = context;
  if (ancestors.length === MAX_DEPTH || ancestors.includes(owner)) {
    markTruncated(context);
    return undefined;
  }
  ancestors.push(owner);
  try {
    return reduce();
  } finally {
    ancestors.pop();
  }
}

/** Reduce what stands in a property, of which only a part may be held back. */
export function within<Result>(
  context: SerializationContext,
  property: string,
  reduce: () => Result,
): Result {
  const inside = context.held?.get(property);
  return withOther(context, 'held', inside === 'all' ? undefined : inside, reduce);
}

/** Reduce what nobody declared: the second yes is to texts that the person was told of. */
export function withoutTexts<Result>(context: SerializationContext, reduce: () => Result): Result {
  return withOther(context, 'toolsOverPrivacy', false, reduce);
}

function withOther<Name extends 'held' | 'toolsOverPrivacy', Result>(
  context: SerializationContext,
  name: Name,
  value: SerializationContext[Name],
  reduce: () => Result,
): Result {
  const outer = context[name];
  context[name] = value;
  try {
    return reduce();
  } finally {
    context[name] = outer;
  }
}
