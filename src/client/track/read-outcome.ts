import { quietly } from '../../internal/index.js';
import { toErrorName } from '../../privacy/index.js';
import type { Outcome } from './observe.js';

/** A member of anything, undefined where there is none or it cannot be read. */
function read(source: unknown, name: string): unknown {
  if ((typeof source !== 'object' && typeof source !== 'function') || source === null) return undefined;
  return quietly(() => Reflect.get(source, name) as unknown);
}

/** The name of the class of an error; the type of anything else that was thrown. */
export function errorTypeOf(thrown: unknown): string {
  const name = read(thrown, 'name');
  return typeof name === 'string' ? toErrorName(name) : typeof thrown;
}

/** The HTTP status that an outcome says by `status` or `statusCode`; 200 or 500 for one that says none. */
export function statusOf(outcome: Outcome): number {
  const source = outcome.succeeded ? outcome.value : outcome.thrown;
  const status = [read(source, 'status'), read(source, 'statusCode')].find(isStatus);
  return status ?? (outcome.succeeded ? 200 : 500);
}

const isStatus = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) >= 100 && (value as number) <= 599;
