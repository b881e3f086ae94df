import { kindOf } from './kind.js';

/** Beyond these, a value is summarised instead of walked, so that hashing takes bounded time. */
const MAX_DEPTH = 16;
const MAX_NODES = 10_000;
const MAX_TEXT_LENGTH = 65_536;

/**
 * One text for equal values, different texts for different ones: keys sorted, sets sorted, every scalar tagged with
 * its type so that `0` and `"0"` differ. Never calls `toJSON` or `toString` of the value.
 *
 * @remarks For hashing only. Two values that differ only beyond depth 16, ten thousand nodes, or in the middle of a
 *   text longer than 65,536 UTF-16 units may share one canonical text.
 */
export function toCanonicalText(value: unknown): string {
  return canonical(value, { nodes: MAX_NODES, ancestors: new Set() });
}

interface Walk {
  nodes: number;
  readonly ancestors: Set<object>;
}

function canonical(value: unknown, walk: Walk): string {
  walk.nodes -= 1;
  const kind = kindOf(value);
  switch (kind) {
    case 'nullish':
      return 'null';
    case 'string':
      return `s:${JSON.stringify(boundText(value as string))}`;
    case 'number':
      return `n:${String((value as number) + 0)}`;
    case 'bigint':
      return `i:${boundText(String(value))}`;
    case 'boolean':
      return `b:${String(value)}`;
    case 'symbol':
      return 'symbol';
    case 'function':
      return 'function';
    case 'date':
      return `d:${String((value as Date).getTime())}`;
    case 'bytes': {
      const view = value as ArrayBufferView;
      const bytes = new Uint8Array(view.buffer, view.byteOffset, Math.min(view.byteLength, MAX_TEXT_LENGTH));
      return `u:${view.byteLength}:${Buffer.from(bytes).toString('base64')}`;
    }
    default:
      return nested(value as object, kind, walk);
  }
}

function nested(
  value: object,
  kind: 'array' | 'set' | 'map' | 'iterable' | 'record' | 'instance',
  walk: Walk,
): string {
  if (walk.ancestors.has(value)) return 'circular';
  if (walk.ancestors.size >= MAX_DEPTH || walk.nodes <= 0) return 'deep';
  walk.ancestors.add(value);
  const text = collect(value, kind, walk);
  walk.ancestors.delete(value);
  return text;
}

function collect(
  value: object,
  kind: 'array' | 'set' | 'map' | 'iterable' | 'record' | 'instance',
  walk: Walk,
): string {
  switch (kind) {
    case 'array':
    case 'iterable':
      return `[${walkAll(value as Iterable<unknown>, walk).join()}]`;
    case 'set':
      return `set[${walkAll(value as Set<unknown>, walk)
        .sort()
        .join()}]`;
    case 'map': {
      const entries: string[] = [];
      for (const [key, member] of value as Map<unknown, unknown>) {
        if (walk.nodes <= 0) break;
        entries.push(`${canonical(key, walk)}=${canonical(member, walk)}`);
      }
      return `map{${entries.sort().join()}}`;
    }
    case 'record':
    case 'instance': {
      const entries: string[] = [];
      for (const key of Object.keys(value).sort()) {
        if (walk.nodes <= 0) break;
        entries.push(`${JSON.stringify(boundText(key))}=${canonical(Reflect.get(value, key), walk)}`);
      }
      return `{${entries.join()}}`;
    }
    default:
      return kind satisfies never;
  }
}

function walkAll(members: Iterable<unknown>, walk: Walk): string[] {
  const texts: string[] = [];
  for (const member of members) {
    if (walk.nodes <= 0) break;
    texts.push(canonical(member, walk));
  }
  return texts;
}

function boundText(text: string): string {
  if (text.length <= MAX_TEXT_LENGTH) return text;
  const half = MAX_TEXT_LENGTH / 2;
  return `${text.slice(0, half)}…${text.length}…${text.slice(-half)}`;
}
