import { isLabelLike } from '../serialize/safe-text.js';
import { isCodeWord, wordsOf } from './code-words.js';

/** What is said of an error whose class has no usable name. */
const UNNAMED = 'Error';

const MAX_DIGITS = 4;
const CLASS_NAME = /^[A-Z][A-Za-z\d]{1,49}$/;
/** How the name of a class ends that says what went wrong. */
const LAST_WORD =
  /(?:Abort|Aborted|Conflict|Error|Exception|Failed|Failure|Fault|Forbidden|NotFound|Rejection|Timeout|Unauthorized|Unavailable|Warning)$/;
/** What `typeof` says, and of null. */
const TYPE = /^(?:bigint|boolean|function|null|number|object|string|symbol|undefined)$/;

/**
 * What the domain `errorName` makes of a text: its last words, as far as all of them are known, if they say what went wrong.
 * `AcmeParserError` is told as `ParserError`, and `AdaLovelaceError` as `Error`.
 */
export function toErrorName(text: string): string {
  if (TYPE.test(text)) return text;
  if (!isIdentifier(text, CLASS_NAME)) return UNNAMED;
  const words = wordsOf(text);
  const known = words.slice(words.findLastIndex((word) => !isCodeWord(word)) + 1).join('');
  return /^[A-Z]/.test(known) && LAST_WORD.test(known) ? known : UNNAMED;
}

/**
 * Does a text look like a name out of code? Names with many digits look made by a machine, and names can be data.
 *
 * @param form - of an identifier; bounds its length
 */
export function isIdentifier(text: string, form: RegExp): boolean {
  return form.test(text) && text.replace(/\D/g, '').length <= MAX_DIGITS && isLabelLike(text);
}
