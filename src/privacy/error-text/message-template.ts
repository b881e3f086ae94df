import { cutCodePoints } from '../conversions/text-count.js';
import { redactIdentifiableInfo } from '../scrubber/index.js';
import { MAX_TEMPLATE_LENGTH } from './limits.js';
import { reduceWords } from './reduce-words.js';

/** More of a message is not looked at. Cutting can cost meaning only: what leaves is made of known words. */
const MAX_SCANNED_LENGTH = 2_000;
/** White space that a message may begin with. */
const MAX_INDENT = 200;
const MAX_ROUNDS = 4;

/** What the domain `messageTemplate` makes of a text. Pure, idempotent, never throws; costs the same for any longer text. */
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
