import { isLabelLike } from '../serialize/safe-text.js';
import { isKnownCode } from './known-codes.js';

/** A maker's own, as `ACME-1001` and `TS2305`, or one letter with a number, as `E1001` and `P2002`. */
const NUMBERED = /^(?:[A-Z]{2,10}[_-]?\d{1,4}|[A-Z]\d{3,4})$/;
/** A status of HTTP or the exit code of a program. */
const NUMBER = /^(?:\d|[1-9]\d|[1-5]\d\d)$/;
const MAX_CODE_LENGTH = 64;

/** See the domain `errorCode`. */
export function isErrorCode(text: string): boolean {
  if (text.length > MAX_CODE_LENGTH) return false;
  return (isKnownCode(text) || NUMBERED.test(text) || NUMBER.test(text)) && isLabelLike(text);
}
