import type { Domain } from './domain.js';

const BOOL: Domain<boolean> = {
  kind: 'boolean',
  description: 'true or false',
  encode: (value) => (typeof value === 'boolean' ? value : undefined),
  isWithin: (other) => other.encode(true) === true && other.encode(false) === false,
  example: () => true,
};

/** True or false. */
export function bool(): Domain<boolean> {
  return BOOL;
}
