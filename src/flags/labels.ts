import { isLabelLike } from '../privacy/index.js';

const KEY = /^[A-Za-z0-9][\w-]{0,63}$/;

/** May a flag have this key? A letter or digit, then letters, digits, `_` or `-`; at most 64 characters. */
export function isFlagKey(key: string): boolean {
  return KEY.test(key);
}

/** May a variant be called so? A label: it stands on events as it is. At most 64 characters, no white space, nothing private. */
export function isVariant(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && isLabelLike(value);
}
