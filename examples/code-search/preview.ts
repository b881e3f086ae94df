/** Shows a line of somebody's file made fit for a terminal: short, and unable to command it. */
import { findWord } from './tokenize.js';

const MAX_LENGTH = 120;
const LEAD_IN = 30;

/** Control characters can move a cursor or set a window title, direction marks can show text in another order. */
const UNPRINTABLE = /[\p{Cc}\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069]+/gu;
const CUT_SURROGATES = /^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g;

/** A text on one line, with nothing in it that a terminal obeys. Leading and trailing space is removed. */
export function printable(text: string): string {
  return text.replaceAll(UNPRINTABLE, ' ').trim();
}

/** A printable line of at most 120 UTF-16 units; of a longer one the part around the first word that was asked for. */
export function previewOf(line: string, isWanted: (word: string) => boolean): string {
  const text = printable(line);
  if (text.length <= MAX_LENGTH) return text;
  const start = Math.max(0, Math.min(findWord(text, isWanted) - LEAD_IN, text.length - MAX_LENGTH));
  const isCut = { before: start > 0, after: start + MAX_LENGTH < text.length };
  const part = text.slice(start + Number(isCut.before), start + MAX_LENGTH - Number(isCut.after));
  return `${isCut.before ? '…' : ''}${part.replaceAll(CUT_SURROGATES, '')}${isCut.after ? '…' : ''}`;
}
