import { types } from 'node:util';
import { quietly } from '../internal/index.js';

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
  return isObject(thrown) ? quietly(() => Reflect.get(thrown, part) as unknown) : undefined;
}

/** The same, for a part that counts only as a string. */
export function readText(thrown: unknown, part: ErrorPart): string | undefined {
  const value = readPart(thrown, part);
  return typeof value === 'string' ? value : undefined;
}

export function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** Of this realm, or of another such as that of a `vm`. */
export function isError(thrown: unknown): thrown is Error {
  return quietly(() => thrown instanceof Error || types.isNativeError(thrown)) === true;
}
