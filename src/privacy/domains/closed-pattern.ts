/** Longer than this, a string can carry a UUID, a key or a sentence. */
export const MAX_PATTERN_LENGTH = 32;

/** More free letters than this spell a name or a word of someone's own. */
const MAX_LETTERS = 8;

/** A class of more characters than this is more than digits and separators. */
const MAX_DIGIT_CLASS = 15;

/** More different strings than this tell any two things apart. */
const MAX_STRINGS = 1e18;

/** More ways than this to read a string, and a string that does not match could keep the engine busy. */
const MAX_READINGS = 10_000;

const MAX_SOURCE_LENGTH = 500;

/** What can be said of the strings that an expression matches. Each is an upper bound. */
interface Extent {
  /** Length of the longest one, in UTF-16 units. */
  readonly length: number;
  /** Characters of the longest one that are not spelled out in the expression and may be letters. */
  readonly letters: number;
  /** How many there are. */
  readonly strings: number;
  /** In how many ways a backtracking engine may try to read one. */
  readonly readings: number;
}

const NOTHING: Extent = { length: 0, letters: 0, strings: 1, readings: 1 };
const LITERAL: Extent = { length: 1, letters: 0, strings: 1, readings: 1 };

/**
 * Why an expression's language is not closed, as a verb phrase; undefined when it is. Refuses when in doubt.
 *
 * @param source - of an expression without flags
 */
export function whyNotClosed(source: string): string | undefined {
  if (source.length > MAX_SOURCE_LENGTH) return `is longer than ${MAX_SOURCE_LENGTH} characters`;
  const isAnchored = source.startsWith('^') && source.endsWith('$') && !source.endsWith('\\$');
  if (!isAnchored) return 'is not anchored at both ends';
  const extent = new ClosedPatternReader(source.slice(1, -1)).read();
  return typeof extent === 'string' ? extent : whyTooWide(extent);
}

function whyTooWide({ length, letters, strings, readings }: Extent): string | undefined {
  if (length > MAX_PATTERN_LENGTH) return `matches more than ${MAX_PATTERN_LENGTH} characters`;
  if (letters > MAX_LETTERS) return `leaves more than ${MAX_LETTERS} letters free`;
  if (strings > MAX_STRINGS) return 'matches too many different strings';
  if (readings > MAX_READINGS) return 'can be read in too many ways';
  return undefined;
}

function follow(a: Extent, b: Extent): Extent {
  return {
    length: a.length + b.length,
    letters: a.letters + b.letters,
    strings: a.strings * b.strings,
    readings: a.readings * b.readings,
  };
}

function either(a: Extent, b: Extent): Extent {
  return {
    length: Math.max(a.length, b.length),
    letters: Math.max(a.letters, b.letters),
    strings: a.strings + b.strings,
    readings: a.readings + b.readings,
  };
}

function repeat(extent: Extent, min: number, max: number): Extent {
  let repeated = NOTHING;
  for (let times = 0; times < min; times += 1) repeated = follow(repeated, extent);
  let any = repeated;
  for (let times = min; times < max; times += 1) {
    repeated = follow(repeated, extent);
    any = either(any, repeated);
  }
  return any;
}

function oneOfClass(size: number): Extent {
  return { length: 1, letters: size > MAX_DIGIT_CLASS ? 1 : 0, strings: size, readings: 1 };
}

/** What stands in a class: a character, or a set such as `\d` that cannot begin or end a range. */
interface ClassMember {
  readonly size: number;
  readonly code: number | undefined;
}

const SETS: Readonly<Record<string, number>> = { d: 10, w: 63 };

/**
 * Reads the small part of the regular expression language that can be shown to be closed: literals, escapes, classes,
 * groups, alternatives and bounded repetitions. Everything else is refused.
 */
class ClosedPatternReader {
  readonly #source: string;
  #position = 0;
  #problem: string | undefined;

  constructor(source: string) {
    this.#source = source;
  }

  /** The extent of the expression, or what is wrong with it. */
  read(): Extent | string {
    // `^a|b$` anchors each alternative on one side only.
    const extent = this.#alternatives(true);
    if (this.#position < this.#source.length) this.#refuse('has an unbalanced parenthesis');
    return this.#problem ?? extent;
  }

  #alternatives(isOutermost: boolean): Extent {
    let extent = this.#sequence();
    while (this.#peek() === '|' && !this.#problem) {
      if (isOutermost) this.#refuse('has alternatives outside a group, which leaves them unanchored');
      this.#position += 1;
      extent = either(extent, this.#sequence());
    }
    return extent;
  }

  #sequence(): Extent {
    let extent = NOTHING;
    while (this.#position < this.#source.length && this.#peek() !== '|' && this.#peek() !== ')') {
      extent = follow(extent, this.#repetitions(this.#atom()));
      if (this.#problem) break;
    }
    return extent;
  }

  #atom(): Extent {
    const char = this.#take();
    if (char === '(') return this.#group();
    if (char === '[') return this.#characterClass();
    if (char === '\\') return oneOfClass(this.#escape().size);
    if (char === '.') return this.#refuse('has the wildcard `.`');
    if (char === '^' || char === '$') return this.#refuse('has an anchor inside');
    if (char === '*' || char === '+' || char === '?') return this.#refuse('repeats without an atom');
    return LITERAL;
  }

  #group(): Extent {
    if (this.#peek() === '?') {
      if (!this.#source.startsWith('?:', this.#position)) this.#refuse('has a lookaround or named group');
      this.#position += 2;
    }
    const extent = this.#alternatives(false);
    if (this.#take() !== ')') this.#refuse('has an unbalanced parenthesis');
    return extent;
  }

  #characterClass(): Extent {
    if (this.#peek() === '^') this.#refuse('has a negated class');
    let size = 0;
    while (this.#peek() !== ']' && !this.#problem) size += this.#classRange();
    this.#position += 1;
    return oneOfClass(size);
  }

  /** The size of `a-z`, or of a single member. */
  #classRange(): number {
    const first = this.#classMember();
    const isRange = this.#peek() === '-' && this.#source[this.#position + 1] !== ']';
    if (!isRange) return first.size;
    this.#position += 1;
    const last = this.#classMember();
    if (first.code === undefined || last.code === undefined) return first.size + last.size + 1;
    return last.code - first.code + 1;
  }

  #classMember(): ClassMember {
    const char = this.#take();
    if (char === undefined) this.#refuse('has an open class');
    return char === '\\' ? this.#escape() : { size: 1, code: char?.charCodeAt(0) };
  }

  /** `\d` and `\w` are small; `\D`, `\W`, `\S`, `\s`, `\p` and backreferences are not, and `\b` matches nothing. */
  #escape(): ClassMember {
    const char = this.#take();
    if (char !== undefined && Object.hasOwn(SETS, char))
      return { size: SETS[char] as number, code: undefined };
    if (char === undefined || !/[.\-+/\\()[\]{}|^$*?_:,#@ ]/.test(char))
      this.#refuse('has an escape that may match anything');
    return { size: 1, code: char?.charCodeAt(0) };
  }

  #repetitions(atom: Extent): Extent {
    const char = this.#peek();
    if (char === '*' || char === '+') return this.#refuse('repeats without a bound');
    if (char === '?') {
      this.#position += 1;
      return repeat(atom, 0, 1);
    }
    if (char !== '{') return atom;
    const bounds = /^\{(\d+)(?:,(\d+))?\}/.exec(this.#source.slice(this.#position));
    if (!bounds) return this.#refuse('repeats without a bound');
    this.#position += bounds[0].length;
    const min = Number(bounds[1]);
    const max = Number(bounds[2] ?? min);
    if (max > MAX_PATTERN_LENGTH) return this.#refuse(`repeats more than ${MAX_PATTERN_LENGTH} times`);
    return repeat(atom, min, max);
  }

  #refuse(reason: string): Extent {
    this.#problem ??= reason;
    return NOTHING;
  }

  #peek(): string | undefined {
    return this.#source[this.#position];
  }

  #take(): string | undefined {
    const char = this.#source[this.#position];
    this.#position += 1;
    return char;
  }
}
