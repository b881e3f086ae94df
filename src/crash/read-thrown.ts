/** The parts of an error that are looked at. Nothing else of it is ever read: others hang requests and secrets on theirs. */
export type ErrorPart =
  | 'cause'
  | 'code'
  | 'constructor'
  | 'errors'
  | 'exitCode'
  | 'message'
  | 'name'
  | 'stack'
  | 'status'
  | 'syscall';

/** One part of whatever was thrown; undefined where there is none, or reading it throws. */
export function readPart(thrown: unknown, part: ErrorPart): unknown {
  if (!isObject(thrown)) return undefined;
  try {
    return Reflect.get(thrown, part);
  } catch {
    return undefined;
  }
}

/** The same, for a part that counts only as a string. */
export function readText(thrown: unknown, part: ErrorPart): string | undefined {
  const value = readPart(thrown, part);
  return typeof value === 'string' ? value : undefined;
}

export function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
