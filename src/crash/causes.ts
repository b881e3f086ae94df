import { readPart } from './read-thrown.js';

const MAX_CHAIN = 10;
/** Of the errors that an `AggregateError` holds, the first ones. */
const MAX_AGGREGATED = 3;

/**
 * What was thrown and what led to it, the nearest first: each `cause`, and behind it the first of an `AggregateError`'s
 * `errors`. At most ten, each object once. Never throws.
 */
export function chainOf(thrown: unknown): readonly unknown[] {
  const chain: unknown[] = [thrown];
  for (let at = 0; at < chain.length && chain.length < MAX_CHAIN; at += 1) {
    for (const cause of directCauses(chain[at])) {
      if (chain.length < MAX_CHAIN && !chain.includes(cause)) chain.push(cause);
    }
  }
  return chain;
}

function directCauses(thrown: unknown): readonly unknown[] {
  const causes = [readPart(thrown, 'cause'), ...aggregatedBy(thrown)];
  return causes.filter((cause) => cause !== undefined && cause !== null);
}

function aggregatedBy(thrown: unknown): readonly unknown[] {
  const errors = readPart(thrown, 'errors');
  try {
    if (!Array.isArray(errors)) return [];
    return Array.from({ length: Math.min(errors.length, MAX_AGGREGATED) }, (_, index) => errors[index]);
  } catch {
    // A revoked proxy, or one whose traps throw.
    return [];
  }
}
