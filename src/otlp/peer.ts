import { OTLP_PEER } from '../internal/index.js';

/** By which this package finds itself, wherever it is installed. */
const OWN = 'sotto/package.json';

/**
 * Whether the serializers would not be found beside this package.
 *
 * @param resolve - as `require.resolve`: throws for what cannot be found
 * @returns false in a bundle, where this package is not found either: what it needs has become part of it
 */
export function isPeerMissing(resolve: (name: string) => string): boolean {
  return !canResolve(OTLP_PEER, resolve) && canResolve(OWN, resolve);
}

function canResolve(name: string, resolve: (name: string) => string): boolean {
  try {
    resolve(name);
    return true;
  } catch {
    return false;
  }
}
