/**
 * What a value is, as far as reducing it matters. `Array.isArray` and `typeof` alone miss sets, maps, typed arrays and
 * other iterables, and take a `Date` for a record.
 */
export type Kind =
  | 'nullish'
  | 'string'
  | 'number'
  | 'boolean'
  | 'bigint'
  | 'symbol'
  | 'function'
  | 'array'
  | 'set'
  | 'map'
  | 'bytes'
  | 'date'
  | 'iterable'
  | 'record'
  | 'instance';

/**
 * Classify a value without changing it.
 *
 * @throws whatever a proxy's trap throws; callers treat that as an unreadable value
 * @remarks An iterator or generator counts as `instance`: walking it would consume what belongs to the host.
 */
export function kindOf(value: unknown): Kind {
  if (value === null || value === undefined) return 'nullish';
  if (typeof value !== 'object') return typeof value as Exclude<Kind, 'nullish'>;
  if (Array.isArray(value)) return 'array';
  if (value instanceof Set) return 'set';
  if (value instanceof Map) return 'map';
  if (value instanceof Date) return 'date';
  if (ArrayBuffer.isView(value)) return 'bytes';
  if (isReplayableIterable(value)) return 'iterable';
  return isRecord(value) ? 'record' : 'instance';
}

function isRecord(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function isReplayableIterable(value: object): boolean {
  return (
    typeof Reflect.get(value, Symbol.iterator) === 'function' &&
    typeof Reflect.get(value, 'next') !== 'function'
  );
}

/** Never walk more members than this, whatever a value claims to hold. */
const MAX_MEMBERS = 100_000;

/**
 * The members of a collection: elements, set members, map values or the record's own enumerable values, at most
 * 100,000 of them. Undefined when the value is no collection.
 *
 * @param onCut - called when there are more
 */
export function membersOf(
  value: unknown,
  kind: Kind = kindOf(value),
  onCut: () => void = ignore,
): Iterable<unknown> | undefined {
  switch (kind) {
    case 'array':
    case 'set':
    case 'iterable':
      return take(value as Iterable<unknown>, onCut);
    case 'bytes':
      return value instanceof DataView ? undefined : take(value as unknown as Iterable<unknown>, onCut);
    case 'map':
      return take((value as Map<unknown, unknown>).values(), onCut);
    case 'record':
      return take(Object.values(value as object), onCut);
    default:
      return undefined;
  }
}

/**
 * How many members a collection has; undefined when the value is no collection. Lengths are read, not walked, except
 * that an iterable has to be walked and counts as 100,000 when it has more.
 */
export function sizeOf(value: unknown, kind: Kind = kindOf(value)): number | undefined {
  switch (kind) {
    case 'array':
      return (value as readonly unknown[]).length;
    case 'set':
    case 'map':
      return (value as ReadonlySet<unknown>).size;
    case 'bytes':
      return (value as { length?: number }).length ?? (value as DataView).byteLength;
    case 'record':
      return Object.keys(value as object).length;
    case 'iterable': {
      let size = 0;
      for (const _ of take(value as Iterable<unknown>, ignore)) size += 1;
      return size;
    }
    default:
      return undefined;
  }
}

function* take(source: Iterable<unknown>, onCut: () => void): Generator<unknown, void, undefined> {
  let taken = 0;
  for (const member of source) {
    if (taken === MAX_MEMBERS) return onCut();
    taken += 1;
    yield member;
  }
}

function ignore(): void {}
