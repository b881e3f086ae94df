import { SET_OF_BEGINNING, TRAITS_OF_SET, WordTrait } from './trait-words.js';

/**
 * Cheap facts about a text, gathered in one pass and packed into bits. A rule names the facts it cannot do
 * without, so that a plain sentence is never shown to most rules: what costs is less what a rule reads than to begin with it.
 */
export const Trait = {
  backslash: 1,
  dash: 1 << 2,
  slash: 1 << 3,
  tilde: 1 << 4,
  quote: 1 << 5,
  /** `@`, or a percent sign, behind which one may hide. */
  mailMark: 1 << 6,
  /** `=`, `:`, or a percent sign, behind which either may hide: without one there is no pair of key and value. */
  pairMark: 1 << 7,
  /** A dash behind a blank: what options of a command begin with. */
  option: 1 << 8,
  /** `</`. */
  closingTag: 1 << 9,
  /** `:/`. */
  urlMark: 1 << 10,
  /** A letter by itself, a colon and a slash of either kind. */
  driveMark: 1 << 11,
  /** A slash before a letter, where an absolute path may begin. */
  rootMark: 1 << 12,
  /** A run of at least fifteen letters, digits, `_` and `-`. */
  longWord: 1 << 13,
  /** A run of at least twenty-six of them: the shortest that looks random by itself. */
  veryLongWord: 1 << 14,
  /** At least three digits. */
  someDigits: 1 << 15,
  /** Four digits with at most three other characters between any two. */
  nearDigits: 1 << 25,
  /** At least four digits. */
  idDigits: 1 << 21,
  /** Seven digits with little between them: what is dialled, paid with or issued. */
  closeDigits: 1 << 22,
  /** At least three dots behind digits. */
  dottedDigits: 1 << 23,
  /** Two letters and a digit, as accounts begin. */
  account: 1 << 26,
  /** Two colons with at most four characters between them. */
  closeColons: 1 << 28,
  /** Colons, dashes or dots as far from each other as those of a hardware address. */
  hexGroups: 1 << 29,
  /** A digit next to a capital letter, or behind one and a blank. */
  mixedWord: 1 << 30,
  /** A character outside ASCII. */
  wide: 1 << 20,
  ...{
    /** A word that begins as words for secrets do. So with the others. */
    secretWord: WordTrait.secret,
    personWord: WordTrait.person,
    numberWord: WordTrait.number,
    headerWord: WordTrait.header,
    idWord: WordTrait.id,
    formWord: WordTrait.form,
    passWord: WordTrait.pass,
    hostWord: WordTrait.host,
  },
} as const;

const CLOSE_DIGITS = /\d(?:[ .\-/()+]{0,3}\d){6}/;
const LONG_WORD = 15;
const VERY_LONG_WORD = 26;
/** How far behind another a digit may stand, with separators and the capitals of an issuer between them. */
const NEAR = 4;

/** What a character may be besides; in what is returned these bits mean what only the whole text tells. */
const LETTER = Trait.longWord;
const DIGIT = Trait.someDigits;
const FAR_BEFORE = -100;

/** The traits of `text` as a set of `Trait` bits. Linear in its length. */
export function traitsOf(text: string): number {
  // Every character of every text comes by here, and what belongs to a function is in registers: so are its constants.
  const [letter, digit] = [LETTER, DIGIT];
  // What stands before a character, besides the code of another: a letter, a digit, …
  const afterLetter = -1;
  const afterDigit = -2;
  // … a slash that may begin a path, a colon behind a letter by itself.
  const afterRoot = -3;
  const afterDrive = -4;
  const table = TRAITS_OF_CODE;
  const setOf = SET_OF_BEGINNING;
  const traitsOfSet = TRAITS_OF_SET;
  const { length } = text;
  let traits = 0;
  let digits = 0;
  let nearDigits = 0;
  let dottedDigits = 0;
  let lastDigit = FAR_BEFORE;
  let lastDot = FAR_BEFORE;
  let lastColon = FAR_BEFORE;
  let lastMark = FAR_BEFORE;
  /** Colons and dashes in a row with two characters between them. */
  let hexGroups = 0;
  let runStart = 0;
  let longestRun = 0;
  let letters = 0;
  /** Up to three letters of a word, five bits for each. */
  let beginning = 0;
  let before = 0;
  /** 1 behind a capital letter, 2 behind one and a blank, otherwise 0. */
  let behindCapital = 0;
  for (let index = 0; index < length; index += 1) {
    const code = text.charCodeAt(index);
    const ofCode = code < 128 ? table[code]! : Trait.wide;
    traits |= ofCode;
    if ((ofCode & letter) !== 0) {
      if (before !== afterLetter) {
        if (before === afterRoot) traits |= Trait.rootMark;
        letters = 0;
        beginning = 0;
      }
      if (letters < 3) beginning = (beginning << 5) | (code & 31);
      letters += 1;
      behindCapital = code < 97 ? 1 : 0;
      if (behindCapital === 1 && before === afterDigit) traits |= Trait.mixedWord;
      before = afterLetter;
      continue;
    }
    if (before === afterLetter) {
      traits |= traitsOfSet[setOf[letters > 2 ? beginning : beginning << (15 - 5 * letters)]!]!;
    }
    if ((ofCode & digit) !== 0) {
      digits += 1;
      nearDigits = index - lastDigit <= NEAR ? nearDigits + 1 : 1;
      if (nearDigits === 4) traits |= Trait.nearDigits;
      lastDigit = index;
      if (behindCapital > 0) traits |= Trait.mixedWord;
      if (before === afterLetter && letters === 2) traits |= Trait.account;
      behindCapital = 0;
      before = afterDigit;
      continue;
    }
    behindCapital = code === 32 && behindCapital === 1 ? 2 : 0;
    let after = code;
    switch (code) {
      case 45: // -
        if (before === 32) traits |= Trait.option;
        hexGroups = index - lastMark === 3 ? hexGroups + 1 : 0;
        if (hexGroups === 4) traits |= Trait.hexGroups;
        lastMark = index;
        before = code;
        continue;
      case 95: // _
        before = code;
        continue;
      case 46: // .
        if (before === afterDigit) dottedDigits += 1;
        if (index - lastDot === 5) traits |= Trait.hexGroups;
        lastDot = index;
        break;
      case 58: // :
        if (before === afterLetter && letters === 1) after = afterDrive;
        if (index - lastColon <= 5) traits |= Trait.closeColons;
        lastColon = index;
        hexGroups = index - lastMark === 3 ? hexGroups + 1 : 0;
        if (hexGroups === 4) traits |= Trait.hexGroups;
        lastMark = index;
        break;
      case 47: // /
        if (before === 60) traits |= Trait.closingTag;
        else if (before === 58) traits |= Trait.urlMark;
        else if (before === afterDrive) traits |= Trait.urlMark | Trait.driveMark;
        // A path may follow an option: -I/home/…
        if (before >= 0 ? NO_ROOT_BEHIND[before] !== 1 : before === afterDrive) after = afterRoot;
        else if (before === afterLetter && letters <= 3 && (traits & Trait.dash) !== 0) after = afterRoot;
        break;
      case 92: // \
        if (before === afterDrive) traits |= Trait.driveMark;
        break;
      case 60: // <
        index = afterPlaceholder(text, index);
        break;
      default:
    }
    before = after;
    if (index - runStart > longestRun) longestRun = index - runStart;
    runStart = index + 1;
  }
  if (before === afterLetter) {
    traits |= traitsOfSet[setOf[letters > 2 ? beginning : beginning << (15 - 5 * letters)]!]!;
  }
  if (dottedDigits >= 3) traits |= Trait.dottedDigits;
  if (digits >= 7 && CLOSE_DIGITS.test(text)) traits |= Trait.closeDigits;
  return (
    (traits & ~(letter | digit)) |
    traitsOfCount(digits) |
    traitsOfRun(Math.max(longestRun, length - runStart))
  );
}

/**
 * The words in placeholders are those that rules wait for, and no rule may match one: a redacted text is looked at again
 * without them.
 *
 * @param index - of a `<`
 * @returns the last index of the name of the placeholder that begins there; `index` if none does
 */
function afterPlaceholder(text: string, index: number): number {
  let end = index + 1;
  while (end < text.length && isOfPlaceholder(text.charCodeAt(end))) end += 1;
  return end < text.length && text.charCodeAt(end) === 62 ? end - 1 : index;
}

const isOfPlaceholder = (code: number): boolean => (code >= 65 && code <= 90) || code === 95;

function traitsOfRun(length: number): number {
  if (length < LONG_WORD) return 0;
  return length < VERY_LONG_WORD ? Trait.longWord : Trait.longWord | Trait.veryLongWord;
}

function traitsOfCount(digits: number): number {
  if (digits < 3) return 0;
  return digits < 4 ? Trait.someDigits : Trait.someDigits | Trait.idDigits;
}

const TRAITS_OF_CODE = new Int32Array(128);
const mark = (characters: string, traits: number) => {
  for (const character of characters) TRAITS_OF_CODE[character.charCodeAt(0)]! |= traits;
};
mark('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ', LETTER);
mark('0123456789', DIGIT);
mark('-', Trait.dash);
mark('@', Trait.mailMark);
mark('=:', Trait.pairMark);
mark('%', Trait.pairMark | Trait.mailMark);
mark('/', Trait.slash);
mark('\\', Trait.backslash);
mark('"\'`', Trait.quote);
mark('~', Trait.tilde);

/** Behind these, as behind letters and digits, a slash goes on with a path and does not begin one. */
const NO_ROOT_BEHIND = new Uint8Array(128);
for (const character of '_.~/\\%$})]-') NO_ROOT_BEHIND[character.charCodeAt(0)] = 1;
