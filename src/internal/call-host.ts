import { typeName } from './errors.js';

/**
 * What a method of the host's object returns.
 *
 * @throws what the method throws; `TypeError` when it returns a promise. A recording call waits for nothing, and nobody
 *   else would see such a promise reject: it must not end the host's process.
 */
export function callHost<Result>(method: () => Result): Result {
  const result = method();
  if (!(result instanceof Promise)) return result;
  result.catch(() => {});
  throw new TypeError('the method returned a promise; return the value itself');
}

/** An error in one line, for a debug log. Anything can be thrown, so this reads nothing that it cannot survive. */
export function describeThrown(thrown: unknown): string {
  try {
    return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : `thrown: ${typeName(thrown)}`;
  } catch {
    return 'thrown: an object that cannot be read';
  }
}
