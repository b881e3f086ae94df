/** Makes a string that a part of an expression matches. Digits count up from call to call. */
type Make = (digits: Digits) => string;

/** 1 to 9, over and over: `1.2.3` is easier to take for a version than `0.0.0`. */
class Digits {
  #last = 0;

  next(): string {
    this.#last = (this.#last % 9) + 1;
    return String(this.#last);
  }
}

const DIGIT: Make = (digits) => digits.next();

/**
 * A string that a closed expression matches: of alternatives the first, without what is optional, of repetitions the
 * fewest but one.
 *
 * @param source - an expression that `whyNotClosed` has nothing against; of another one the result says nothing
 */
export function exampleOfPattern(source: string): string {
  return new ExampleReader(source.slice(1, -1)).read()(new Digits());
}

/** Reads the part of the regular expression language that {@link exampleOfPattern} is given, and no more. */
class ExampleReader {
  readonly #source: string;
  #position = 0;

  constructor(source: string) {
    this.#source = source;
  }

  read(): Make {
    const first = this.#sequence();
    while (this.#peek() === '|') {
      this.#position += 1;
      this.#sequence();
    }
    return first;
  }

  #sequence(): Make {
    const parts: Make[] = [];
    while (this.#position < this.#source.length && this.#peek() !== '|' && this.#peek() !== ')') {
      parts.push(this.#repetitions(this.#atom()));
    }
    return (digits) => parts.map((make) => make(digits)).join('');
  }

  #atom(): Make {
    const char = this.#take();
    if (char === '(') return this.#group();
    if (char === '[') return this.#characterClass();
    return char === '\\' ? this.#escape() : () => char;
  }

  #group(): Make {
    if (this.#peek() === '?') this.#position += 2;
    const make = this.read();
    this.#position += 1;
    return make;
  }

  /** Its first member: of a range the beginning, and any digit of all ten. */
  #characterClass(): Make {
    const isAnyDigit = this.#source.startsWith('0-9', this.#position);
    const first = this.#peek() === ']' ? () => '' : this.#member();
    while (this.#position < this.#source.length && this.#peek() !== ']') this.#member();
    this.#position += 1;
    return isAnyDigit ? DIGIT : first;
  }

  #member(): Make {
    const char = this.#take();
    return char === '\\' ? this.#escape() : () => char;
  }

  #escape(): Make {
    const char = this.#take();
    if (char === 'd') return DIGIT;
    return () => (char === 'w' ? 'a' : char);
  }

  #repetitions(make: Make): Make {
    if (this.#peek() === '?') {
      this.#position += 1;
      return () => '';
    }
    const bounds = /^\{(\d+)(?:,(\d+))?\}/.exec(this.#source.slice(this.#position));
    if (!bounds) return make;
    this.#position += bounds[0].length;
    const [least, most] = [Number(bounds[1]), Number(bounds[2] ?? bounds[1])];
    const times = Math.min(Math.max(least, 1), most);
    return (digits) => Array.from({ length: times }, () => make(digits)).join('');
  }

  #peek(): string | undefined {
    return this.#source[this.#position];
  }

  #take(): string {
    const char = this.#source[this.#position] ?? '';
    this.#position += 1;
    return char;
  }
}
