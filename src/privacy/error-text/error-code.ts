import type { Domain } from '../domains/index.js';
import { isLabelLike } from '../serialize/safe-text.js';
import { isKnownCode } from './known-codes.js';

/** A maker's own, as `ACME-1001` and `TS2305`, or one letter with a number, as `E1001` and `P2002`. */
const NUMBERED = /^(?:[A-Z]{2,10}[_-]?\d{1,4}|[A-Z]\d{3,4})$/;
/** A status of HTTP or the exit code of a program. */
const NUMBER = /^(?:\d|[1-9]\d|[1-5]\d\d)$/;
const MAX_CODE_LENGTH = 64;

/**
 * The permanent code of an error: one that systems and well-known packages use, a short prefix with a number of at most four
 * digits, or a number below 600.
 *
 * Can this identify someone? A prefix can be a name and a number a year, if a program makes its codes of such.
 */
export const errorCode: Domain<string> & { readonly text: 'error_code' } = {
  kind: 'any_of',
  text: 'error_code',
  description: 'a known code, a short prefix with a number, or a number below 600',
  encode: (value) => (typeof value === 'string' && isErrorCode(value) ? value : undefined),
  isWithin: (other) => other === errorCode,
  example: () => 'ENOENT',
};

export function isErrorCode(text: string): boolean {
  if (text.length > MAX_CODE_LENGTH) return false;
  return (isKnownCode(text) || NUMBERED.test(text) || NUMBER.test(text)) && isLabelLike(text);
}
