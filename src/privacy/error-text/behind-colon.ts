import { matchEnd } from '../scrubber/matching.js';
import { fixedMessageEnd } from './fixed-messages.js';
import { isCodeInWords, isSystemCode } from './known-codes.js';

/** `ENOENT`, `listen EADDRINUSE`, `TypeError`, each at the beginning of what is said. */
const HEAD = /(?:^|: )(?:[a-z]{2,12} (?=E[A-Z]))?([A-Za-z\d_]{2,40})$/;
const NEXT_HEAD = /:\s*(?:[a-z]{2,12} (?=E[A-Z]))?([A-Za-z\d_]{2,40})(?=:)/y;
const WHITE_SPACE = /\s*/y;

/**
 * Is it known what goes on behind a colon: the message of an error, behind its code or class or beginning with it; or words
 * that every program uses, and nothing else?
 *
 * @param position - of the colon
 * @param before - what the text before it became
 */
export function isKnownBehindColon(text: string, position: number, before: string): boolean {
  NEXT_HEAD.lastIndex = position;
  const heads = [HEAD.exec(before)?.[1], NEXT_HEAD.exec(text)?.[1]];
  return heads.some((head) => head !== undefined && isHead(head)) || isFixedMessage(text, position + 1);
}

const isHead = (word: string): boolean =>
  isSystemCode(word) || isCodeInWords(word) || /(?:Error|Exception)$/.test(word);

/** Is all that is left one of the messages that are known as a whole? */
function isFixedMessage(text: string, position: number): boolean {
  const end = fixedMessageEnd(text, matchEnd(WHITE_SPACE, text, position) ?? position);
  return end !== undefined && /^\.?\s*$/.test(text.slice(end));
}
