import { PLACEHOLDERS } from '../scrubber/index.js';
import { matchEnd } from '../scrubber/matching.js';
import { namesPlace } from '../serialize/names-place.js';
import { isKnownBehindColon } from './behind-colon.js';
import { fixedMessageEnd } from './fixed-messages.js';
import { reduceWord } from './reduce-word.js';
import { afterComma, afterWhole, isText, type Slot } from './slot.js';

const VALUE = '<VALUE>';
const NAME = '<NAME>';
const PATH = PLACEHOLDERS.path;

const KNOWN_PLACEHOLDERS: ReadonlySet<string> = new Set([
  ...Object.values(PLACEHOLDERS),
  VALUE,
  NAME,
  '<N>',
  '<PROPERTY>',
  '<TEXT>',
  '<URL>',
]);

const PLACEHOLDER = /<[A-Z]+(?:_[A-Z]+)?>/y;
const WHITE_SPACE = /\s+/y;
const URL_LIKE = /[a-z][a-z0-9+.-]{1,15}:\/\/[^\s"'`]*/iy;
const DRIVE = /(?<![A-Za-z])[A-Za-z]:(?=[\\/])/y;
/** Up to white space or a mark of its own. An apostrophe stays inside of a word. */
const WORD = /(?:[^\s"'`\u2018-\u201f\u00ab\u00bb()[\]{}<>,;:!?=]|(?<=[a-z])'(?=[a-z]))+/iy;
const CLOSERS: Readonly<Record<string, string>> = {
  "'": "'",
  '"': '"',
  '`': '`',
  '\u2018': '\u2019',
  '\u201c': '\u201d',
  '\u00ab': '\u00bb',
  '[': ']',
  '{': '}',
  '<': '>',
};
const MARKS = '(),;:!?=>';
/** After these words stands a path, whatever it looks like. */
const BEFORE_PATH =
  /(?:->|\b(?:access|chmod|chown|copyfile|directory|file|folder|link|lstat|mkdir|mkdtemp|open|opendir|readlink|realpath|rename|rmdir|scandir|stat|symlink|unlink|utime|watch)) $/i;
const BEFORE_PROPERTY = /\((?:reading|setting) $/;

/** What takes the place of a part of a text, where that part ends, and whose words are next. */
interface Piece {
  readonly text: string;
  readonly end: number;
  readonly slot: Slot;
}

/** Where the reading of a text stands. */
interface Place {
  readonly text: string;
  readonly position: number;
  /** What the text became so far. */
  readonly before: string;
  readonly slot: Slot;
}

/**
 * A text in words of the program, placeholders and punctuation: every other part of it has become a placeholder. Words of the
 * program are known ones, where nobody's name or text is expected.
 *
 * @param maxLength - in UTF-16 units; a text that would be longer ends with the last part that fits
 */
export function reduceWords(text: string, maxLength: number): string {
  let before = '';
  let position = 0;
  let slot: Slot = 'program';
  while (position < text.length && slot !== 'text') {
    const piece = readPiece({ text, position, before, slot });
    const joined = joinPiece(before, piece.text);
    if (joined.length > maxLength) break;
    before = joined;
    position = piece.end;
    slot = piece.slot;
  }
  return before.trim();
}

/** A path that goes on behind blanks and parentheses: `C:\\Program Files (x86)\\acme`. */
const BROKEN_PATH = /<PATH>(?:(?: \(?|\()(?:<[A-Z_]+>|[\w-]+)\)?){1,6}$/;

/**
 * Names in a row are one: how many words a title or a person's name has is content too. So is a path, of which the scrubber
 * may have left parts.
 */
function joinPiece(text: string, piece: string): string {
  if (piece === ' ' && (text === '' || text.endsWith(' '))) return text;
  if (text.endsWith(PATH) && KNOWN_PLACEHOLDERS.has(piece)) return text;
  if (piece === PATH && BROKEN_PATH.test(text)) return text.replace(BROKEN_PATH, PATH);
  return piece === NAME && /<[A-Z_]+> ?$/.test(text) ? text.trimEnd() : text + piece;
}

function readPiece(place: Place): Piece {
  const { text, position, before, slot } = place;
  const space = matchEnd(WHITE_SPACE, text, position);
  if (space) return { text: ' ', end: space, slot };
  const message = isSentenceStart(before) ? fixedMessageEnd(text, position) : undefined;
  if (message) return { text: text.slice(position, message), end: message, slot: 'program' };
  const placeholder = matchEnd(PLACEHOLDER, text, position);
  if (placeholder && KNOWN_PLACEHOLDERS.has(text.slice(position, placeholder)))
    return readPlaceholder(text.slice(position, placeholder), placeholder, slot);
  const url = matchEnd(URL_LIKE, text, position);
  if (url) return { text: '<URL>', end: url, slot: afterWhole(slot) };
  const drive = matchEnd(DRIVE, text, position);
  if (drive) return { text: PATH, end: drive, slot: 'name' };
  const word = matchEnd(WORD, text, position);
  return word ? readWord(place, word) : readMark(place);
}

/** A path may go on behind a blank. A number says nothing of what is next. */
function readPlaceholder(text: string, end: number, slot: Slot): Piece {
  if (text === VALUE) return { text, end, slot: 'program' };
  if (isText(slot)) return { text: VALUE, end, slot: 'text' };
  if (text === PATH || text === NAME) return { text, end, slot: 'name' };
  return { text, end, slot: text === '<N>' ? slot : afterWhole(slot) };
}

function readWord({ text, position, before, slot }: Place, end: number): Piece {
  const word = text.slice(position, end);
  const read = reduceWord(word, { slot, isFirst: isSentenceStart(before), previous: lastWordOf(before) });
  return read.slot === 'text'
    ? { text: VALUE, end, slot: 'text' }
    : { text: read.text, end, slot: read.slot };
}

const isSentenceStart = (before: string): boolean => before === '' || /[.!?:] $/.test(before);

const lastWordOf = (before: string): string =>
  /([a-z]+) $/i.exec(before.slice(-30))?.[1]?.toLowerCase() ?? '';

function readMark(place: Place): Piece {
  const { text, position, before, slot } = place;
  const mark = text[position] as string;
  const closer = CLOSERS[mark];
  const isApostrophe = mark === "'" && /[\w>]$/.test(before);
  const isComparison = mark === '<' && /[\s=]/.test(text[position + 1] ?? '');
  if (closer !== undefined && !isApostrophe && !isComparison) {
    const end = closingEnd(text, position, closer);
    return { text: placeholderFor(text.slice(position + 1, end), before), end, slot: 'program' };
  }
  const end = position + 1;
  if (mark === ':') return readColon(place);
  if (mark === '=') return { text: mark, end, slot: isText(slot) ? slot : 'name' };
  if (mark === ',' || mark === ';') return { text: mark, end, slot: afterComma(slot) };
  return { text: MARKS.includes(mark) || isComparison ? mark : '', end, slot };
}

/** Of an address and a time; and before a line that says nothing more. */
const PLAIN_COLON = /:+(?=\d|<N>|\s*$)/y;
/** What stands behind a colon is what the program filled in, unless an error or every program says it. */
function readColon({ text, position, before, slot }: Place): Piece {
  const plain = matchEnd(PLAIN_COLON, text, position);
  if (plain) return { text: text.slice(position, plain), end: plain, slot };
  if (!isText(slot) && isKnownBehindColon(text, position, before))
    return { text: ':', end: position + 1, slot: 'program' };
  return { text: `: ${VALUE}`, end: position + 1, slot: 'text' };
}

/** A quote inside of a word does not close: `'Ada's file'`. What is never closed goes to the end. */
function closingEnd(text: string, position: number, closer: string): number {
  const opener = text[position];
  let depth = 0;
  for (let index = position + 1; index < text.length; index += 1) {
    const char = text[index];
    if (char === closer && depth === 0 && !/[A-Za-z0-9]/.test(text[index + 1] ?? '')) return index + 1;
    if (opener !== closer && char === opener) depth += 1;
    else if (opener !== closer && char === closer) depth = Math.max(0, depth - 1);
  }
  return text.length;
}

function placeholderFor(quoted: string, before: string): string {
  if (BEFORE_PROPERTY.test(before)) return '<PROPERTY>';
  return BEFORE_PATH.test(before) || quoted.includes(PATH) || namesPlace(quoted) ? PATH : VALUE;
}
