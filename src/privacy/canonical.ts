import { type Kind, kindOf } from './kind.js';

/** Beyond these, a value is summarised instead of walked, so that hashing takes about a millisecond at most. */
const MAX_DEPTH = 16;
const MAX_NODES = 2_000;
const MAX_TEXT_LENGTH = 16_384;
const MAX_TOTAL_LENGTH = 65_536;

/**
 * One text for equal values, different texts for different ones: keys sorted, sets sorted, every scalar tagged with
 * its type so that `0` and `"0"` differ. Never calls `toJSON` or `toString` of the value.
 *
 * @throws whatever reading the value throws
 * @remarks For hashing only. An object is known by its own enumerable properties, a `URL` by its address. Values that
 *   differ only beyond depth 16, two thousand nodes or 65,536 UTF-16 units, or only in the middle of a text longer than
 *   16,384, may share one canonical text; a set, map or record that is too large is known by its size alone, so that
 *   order never matters.
 */
export function toCanonicalText(value: unknown): string {
  return canonical(value, { nodesLeft: MAX_NODES, unitsLeft: MAX_TOTAL_LENGTH, ancestors: [] });
}

interface Walk {
  nodesLeft: number;
  unitsLeft: number;
  readonly ancestors: object[];
}

type NestedKind = Extract<Kind, 'array' | 'set' | 'map' | 'iterable' | 'record' | 'instance'>;

function canonical(value: unknown, walk: Walk): string {
  walk.nodesLeft -= 1;
  const kind = kindOf(value);
  switch (kind) {
    case 'nullish':
      return 'null';
    case 'string':
      return `s:${quote(value as string, walk)}`;
    case 'number':
      return `n:${String((value as number) + 0)}`;
    case 'bigint':
      // Hexadecimal is printed in linear time, decimal is not.
      return `i:${quote((value as bigint).toString(16), walk)}`;
    case 'boolean':
      return `b:${String(value)}`;
    case 'symbol':
    case 'function':
      return kind;
    case 'date':
      return `d:${String((value as Date).getTime())}`;
    case 'bytes':
      return quoteBytes(value as ArrayBufferView, walk);
    default:
      return nested(value as object, kind, walk);
  }
}

function nested(value: object, kind: NestedKind, walk: Walk): string {
  if (walk.ancestors.includes(value)) return 'circular';
  if (walk.ancestors.length === MAX_DEPTH || isExhausted(walk)) return 'deep';
  walk.ancestors.push(value);
  const text = collect(value, kind, walk);
  walk.ancestors.pop();
  return text;
}

function collect(value: object, kind: NestedKind, walk: Walk): string {
  switch (kind) {
    case 'array':
      return `[${(value as unknown[]).length}:${inOrder(value as unknown[], walk).join()}]`;
    case 'iterable':
      return `[${inOrder(value as Iterable<unknown>, walk).join()}]`;
    case 'set':
      return `set{${inAnyOrder(value as Set<unknown>, walk, (member) => canonical(member, walk))}}`;
    case 'map':
      return `map{${inAnyOrder(
        value as Map<unknown, unknown>,
        walk,
        ([key, member]) => `${canonical(key, walk)}=${canonical(member, walk)}`,
      )}}`;
    case 'record':
    case 'instance':
      if (value instanceof URL) return `url:${quote(value.href, walk)}`;
      return `{${properties(value, walk)}}`;
    default:
      return kind satisfies never;
  }
}

function inOrder(members: Iterable<unknown>, walk: Walk): string[] {
  const texts: string[] = [];
  for (const member of members) {
    if (isExhausted(walk)) break;
    texts.push(canonical(member, walk));
  }
  return texts;
}

/** Which members fit the budget would depend on their order, so those that do not all fit are reduced to their number. */
function inAnyOrder<Member>(
  members: { readonly size: number } & Iterable<Member>,
  walk: Walk,
  toText: (member: Member) => string,
): string {
  if (members.size > walk.nodesLeft) return `${members.size}`;
  const texts: string[] = [];
  for (const member of members) {
    if (isExhausted(walk)) break;
    texts.push(toText(member));
  }
  return isExhausted(walk) ? `${members.size}` : texts.sort().join();
}

function properties(value: object, walk: Walk): string {
  const keys = Object.keys(value);
  if (keys.length > walk.nodesLeft) return `${keys.length}`;
  const texts: string[] = [];
  for (const key of keys.sort()) {
    if (isExhausted(walk)) break;
    texts.push(`${quote(key, walk)}=${canonical(Reflect.get(value, key), walk)}`);
  }
  return texts.join();
}

const isExhausted = (walk: Walk) => walk.nodesLeft < 0 || walk.unitsLeft < 0;

function quote(text: string, walk: Walk): string {
  const half = MAX_TEXT_LENGTH / 2;
  const bounded =
    text.length <= MAX_TEXT_LENGTH ? text : `${text.slice(0, half)}…${text.length}…${text.slice(-half)}`;
  walk.unitsLeft -= bounded.length;
  return isExhausted(walk) ? `…${text.length}…` : JSON.stringify(bounded);
}

function quoteBytes(view: ArrayBufferView, walk: Walk): string {
  const bytes = Buffer.from(view.buffer, view.byteOffset, Math.min(view.byteLength, MAX_TEXT_LENGTH));
  return `u:${view.byteLength}:${quote(bytes.toString('base64'), walk)}`;
}
