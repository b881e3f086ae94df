import type { CountDrop } from '../drop-reason.js';
import type { JsonValue } from '../json.js';
import { HASH_PLACEHOLDER, type HashScope } from '../keyed-hash.js';
import type { SchemaReference } from '../schema/rule.js';

/** At most this many values in one event and this many levels, so that any input is reduced in bounded time and size. */
const MAX_NODES = 5_000;
const MAX_DEPTH = 12;

/** What serialization needs besides the value: the secret behind a function, the user's second yes, and where losses go. */
export interface SerializationSettings {
  readonly hash: (value: unknown, identity: string, scope: HashScope) => string;
  readonly toolsOverPrivacy: boolean;
  readonly countDrop: CountDrop;
}

/** Reduces objects of a declared schema class wherever a field holds them. */
export type ToNested = (
  value: unknown,
  reference: SchemaReference,
  context: SerializationContext,
) => JsonValue | undefined;

/** The state of reducing one event: its budget, whether anything was cut, and the way back in for nested objects. */
export interface SerializationContext extends SerializationSettings {
  readonly toNested: ToNested;
  nodesLeft: number;
  depthLeft: number;
  isTruncated: boolean;
}

export function createContext(settings: SerializationSettings, toNested: ToNested): SerializationContext {
  return {
    toNested,
    hash: settings.hash,
    toolsOverPrivacy: settings.toolsOverPrivacy,
    countDrop: settings.countDrop,
    nodesLeft: MAX_NODES,
    depthLeft: MAX_DEPTH,
    isTruncated: false,
  };
}

/** Settings without a client: hashes are marked placeholders, losses go uncounted. */
export const DETACHED_SETTINGS: SerializationSettings = {
  hash: () => HASH_PLACEHOLDER,
  toolsOverPrivacy: false,
  countDrop: () => {},
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

/** Run `reduce` one level deeper; undefined, and counted, when that is too deep. */
export function descend<Result>(context: SerializationContext, reduce: () => Result): Result | undefined {
  if (context.depthLeft === 0) {
    markTruncated(context);
    return undefined;
  }
  context.depthLeft -= 1;
  try {
    return reduce();
  } finally {
    context.depthLeft += 1;
  }
}
