import { cutCodePoints } from '../conversions/text-count.js';
import type { Domain } from '../domains/index.js';
import { redactIdentifiableInfo } from '../scrubber/index.js';
import { reduceWords } from './reduce-words.js';

/** More of a message is not looked at. Cutting can cost meaning only: what leaves is made of known words. */
const MAX_SCANNED_LENGTH = 2_000;
const MAX_TEMPLATE_LENGTH = 500;
/** White space that a message may begin with. */
const MAX_INDENT = 200;
const MAX_ROUNDS = 4;

/**
 * The template of an error's message: what the programmer wrote, without what the program filled in. Takes any string and
 * reduces it, so a message that was reduced before stays as it is.
 *
 * Can this identify someone? It is made of a closed vocabulary, placeholders and punctuation. Anything else, such as a
 * name, a number, whatever stands in quotes or brackets, becomes a placeholder; all but the first line goes.
 */
export const messageTemplate: Domain<string> & { readonly text: 'message_template' } = {
  kind: 'any_of',
  text: 'message_template',
  description: `the first line of a message in common words, everything else replaced, at most ${MAX_TEMPLATE_LENGTH} characters`,
  encode: (value) => (typeof value === 'string' ? toMessageTemplate(value) : undefined),
  isWithin: (other) => other === messageTemplate,
  example: () => 'ENOENT: no such file or directory, open <PATH>',
};

/** What {@link messageTemplate} makes of a text. Pure, idempotent, never throws; costs the same for any longer text. */
export function toMessageTemplate(text: string): string {
  let template = firstLineOf(text);
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    // A placeholder is a new neighbour, beside which the scrubber may see what it did not see before.
    const reduced = reduceWords(redactIdentifiableInfo(template), MAX_TEMPLATE_LENGTH);
    if (reduced === template) return reduced;
    template = reduced;
  }
  return '<TEXT>';
}

function firstLineOf(text: string): string {
  const start = text.slice(0, MAX_INDENT).search(/\S/);
  if (start < 0) return '';
  const scanned = cutCodePoints(text.slice(start, start + 2 * MAX_SCANNED_LENGTH), MAX_SCANNED_LENGTH);
  const [line = ''] = scanned.split(/[\r\n\u2028\u2029]/, 1);
  const isCut = line.length === scanned.length && start + scanned.length < text.length;
  // Half a word can be another one.
  return isCut ? line.replace(/\S+$/, '') : line;
}
