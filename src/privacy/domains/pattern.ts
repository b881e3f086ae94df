import { ConfigError } from '../../internal/index.js';
import type { Domain } from './domain.js';

/** Longer than this, a string can carry a UUID, a key or a sentence. */
const MAX_PATTERN_LENGTH = 32;

interface PatternDomain extends Domain<string> {
  readonly kind: 'pattern';
  readonly source: string;
}

/**
 * A string of a closed shape, such as a version: `pattern(/^\d{1,4}\.\d{1,4}$/)`.
 *
 * @throws {ConfigError} `PLAIN_UNBOUNDED` unless the expression is closed: anchored at both ends, without flags, every
 *   repetition bounded, no wildcard, negated class or backreference, and no match longer than 32 characters
 */
export function pattern(expression: RegExp): Domain<string> {
  const reason = expression.flags === '' ? whyNotClosed(expression.source) : 'has flags';
  if (reason) {
    throw new ConfigError(
      'PLAIN_UNBOUNDED',
      `The pattern of a plain field ${reason}, so it could carry free text. Anchor it with ^ and $, bound every repetition ` +
        `and keep matches within ${MAX_PATTERN_LENGTH} characters, or use @hash, @textCount or a list of labels.`,
    );
  }
  const domain: PatternDomain = {
    kind: 'pattern',
    source: expression.source,
    description: `a string of the form ${expression.source}`,
    encode: (value) =>
      typeof value === 'string' && value.length <= MAX_PATTERN_LENGTH && expression.test(value)
        ? value
        : undefined,
    isWithin: (other) => other.kind === 'pattern' && (other as PatternDomain).source === expression.source,
  };
  return domain;
}

/** Why an expression's language is not closed, as a verb phrase; undefined when it is. Refuses when in doubt. */
export function whyNotClosed(source: string): string | undefined {
  if (!source.startsWith('^') || !source.endsWith('$') || source.endsWith('\\$'))
    return 'is not anchored at both ends';
  const reader = new ClosedPatternReader(source.slice(1, -1));
  return reader.check();
}

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

  check(): string | undefined {
    // `^a|b$` anchors each alternative on one side only.
    const length = this.#alternatives(true);
    if (this.#problem) return this.#problem;
    if (this.#position < this.#source.length) return 'has an unbalanced parenthesis';
    return length > MAX_PATTERN_LENGTH ? `matches more than ${MAX_PATTERN_LENGTH} characters` : undefined;
  }

  #alternatives(isOutermost: boolean): number {
    let longest = this.#sequence();
    while (this.#peek() === '|') {
      if (isOutermost) this.#refuse('has alternatives outside a group, which leaves them unanchored');
      this.#position += 1;
      longest = Math.max(longest, this.#sequence());
    }
    return longest;
  }

  #sequence(): number {
    let length = 0;
    while (this.#position < this.#source.length && this.#peek() !== '|' && this.#peek() !== ')') {
      const atom = this.#atom();
      length += atom * this.#repetitions();
      if (this.#problem) return length;
    }
    return length;
  }

  /** The longest match of one atom. */
  #atom(): number {
    const char = this.#take();
    if (char === '(') return this.#group();
    if (char === '[') return this.#characterClass();
    if (char === '\\') return this.#escape();
    if (char === '.') this.#refuse('has the wildcard `.`');
    if (char === '^' || char === '$') this.#refuse('has an anchor inside');
    if (char === '*' || char === '+' || char === '?') this.#refuse('repeats without an atom');
    return 1;
  }

  #group(): number {
    if (this.#peek() === '?') {
      if (!this.#source.startsWith('?:', this.#position)) this.#refuse('has a lookaround or named group');
      this.#position += 2;
    }
    const length = this.#alternatives(false);
    if (this.#take() !== ')') this.#refuse('has an unbalanced parenthesis');
    return length;
  }

  #characterClass(): number {
    if (this.#peek() === '^') this.#refuse('has a negated class');
    while (this.#peek() !== ']' && !this.#problem) {
      if (this.#peek() === undefined) return this.#refuse('has an open class');
      if (this.#take() === '\\') this.#escape();
    }
    this.#position += 1;
    return 1;
  }

  #escape(): number {
    const char = this.#take();
    // \d and \w are small alphabets; \D, \W, \S, \s, \p and backreferences are not, and \b matches nothing.
    if (char === undefined || !/[dw.\-+/\\()[\]{}|^$*?_:,#@ ]/.test(char))
      this.#refuse('has an escape that may match anything');
    return 1;
  }

  #repetitions(): number {
    const char = this.#peek();
    if (char === '?') {
      this.#position += 1;
      return 1;
    }
    if (char === '*' || char === '+') return this.#refuse('repeats without a bound');
    if (char !== '{') return 1;
    const bounded = /^\{\d+(?:,(\d+))?\}/.exec(this.#source.slice(this.#position));
    if (!bounded) return this.#refuse('repeats without a bound');
    this.#position += bounded[0].length;
    return Number(bounded[1] ?? bounded[0].slice(1, -1));
  }

  #refuse(reason: string): number {
    this.#problem ??= reason;
    return Number.POSITIVE_INFINITY;
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
