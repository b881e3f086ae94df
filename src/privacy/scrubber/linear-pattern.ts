/** More ways than this to read a piece of text, and a text that almost matches could keep the engine busy. */
const MAX_READINGS = 1_000;
const MAX_SOURCE_LENGTH = 1_000;

/** What matching an expression can cost. Upper bounds. */
interface Cost {
  /** In how many ways a backtracking engine may try to read one piece of text, open repetitions not counted. */
  readonly readings: number;
  /** Whether it may read texts of different lengths. */
  readonly isElastic: boolean;
}

const ONE: Cost = { readings: 1, isElastic: false };

/**
 * Why matching an expression may take longer than linear time, as a verb phrase; undefined when it cannot. Refuses when
 * in doubt. Allowed is an open repetition (`+`, `*`, `{2,}`) of a single character or class at the very end of the
 * expression, also before a `\b` if the expression begins with a literal that the repetition cannot read; every other
 * repetition needs an upper bound.
 */
export function whyNotLinear(source: string): string | undefined {
  if (source.length > MAX_SOURCE_LENGTH) return `is longer than ${MAX_SOURCE_LENGTH} characters`;
  const reader = new CostReader(source);
  const { readings } = reader.read();
  if (reader.problem !== undefined) return reader.problem;
  return readings > MAX_READINGS ? 'can be read in too many ways' : undefined;
}

class CostReader {
  readonly #source: string;
  #position = 0;
  #isLooking = false;
  problem: string | undefined;

  constructor(source: string) {
    this.#source = source;
  }

  read(): Cost {
    const cost = this.#alternatives();
    if (this.#position < this.#source.length) this.#refuse('has an unbalanced parenthesis');
    return cost;
  }

  #alternatives(): Cost {
    let readings = 0;
    let isElastic = false;
    for (;;) {
      const cost = this.#sequence();
      isElastic ||= cost.isElastic || readings > 0;
      readings += cost.readings;
      if (this.#source[this.#position] !== '|' || this.problem) return { readings, isElastic };
      this.#position += 1;
    }
  }

  #sequence(): Cost {
    let cost = ONE;
    while (
      this.#position < this.#source.length &&
      !/[|)]/.test(this.#source[this.#position]!) &&
      !this.problem
    ) {
      const start = this.#position;
      const isGroup = this.#source[start] === '(';
      const atom = this.#atom();
      const repeated = this.#repeat(atom, isGroup ? undefined : this.#source.slice(start, this.#position));
      cost = { readings: cost.readings * repeated.readings, isElastic: cost.isElastic || repeated.isElastic };
    }
    return cost;
  }

  #atom(): Cost {
    const rest = this.#source.slice(this.#position);
    const [group] = /^\((?:\?(?:[:=!]|<[=!]|<[A-Za-z]\w*>))?/.exec(rest) ?? [];
    if (group !== undefined) return this.#group(group);
    const [single] =
      /^(?:\[(?:\\.|[^\]\\])*\]|\\[pP]\{[^}]*\}|\\u\{[^}]*\}|\\x[\da-f]{2}|\\u[\da-f]{4}|\\c.|\\[^\dk]|[^\\[])/i.exec(
        rest,
      ) ?? [];
    if (single === undefined || /^[*+?]/.test(single))
      this.#refuse('refers back to a group, or is malformed');
    this.#position += single?.length ?? 1;
    return ONE;
  }

  #group(opening: string): Cost {
    this.#position += opening.length;
    const wasLooking = this.#isLooking;
    this.#isLooking ||= /[=!]$/.test(opening);
    const cost = this.#alternatives();
    this.#isLooking = wasLooking;
    if (this.#source[this.#position] !== ')') this.#refuse('has an unbalanced parenthesis');
    this.#position += 1;
    return cost;
  }

  /** @param single - the source of what is repeated; undefined for a group */
  #repeat(atom: Cost, single: string | undefined): Cost {
    const quantifier = /^(?:[*+?]|\{(\d+)(,)?(\d*)\})\??/.exec(this.#source.slice(this.#position));
    if (!quantifier) return atom;
    this.#position += quantifier[0].length;
    const [, min, comma, max] = quantifier;
    if (quantifier[0].startsWith('?')) return { readings: atom.readings + 1, isElastic: true };
    const isOpen = /^[*+]/.test(quantifier[0]) || (comma !== undefined && max === '');
    if (isOpen) {
      if (single === undefined) this.#refuse('repeats a group without an upper bound');
      else if (this.#isLooking) this.#refuse('looks around over a text of any length');
      else if (!this.#isLast(single)) this.#refuse('goes on after a repetition without an upper bound');
      return { readings: 2, isElastic: true };
    }
    const most = Number(max || min);
    if (atom.isElastic && most > 1 && atom.readings ** most > MAX_READINGS)
      this.#refuse('repeats what varies in length');
    return {
      readings: atom.readings ** Math.min(most, 16) * (most - Number(min) + 1),
      isElastic: atom.isElastic || most !== Number(min),
    };
  }

  /** Whether nothing can make the engine give back what an open repetition has read, and read it again from further on. */
  #isLast(single: string): boolean {
    const rest = this.#source.slice(this.#position);
    if (/^\)*(?:$|\|)/.test(rest)) return true;
    const [, literal] = /^(?:\\b)?([A-Za-z0-9_-])(?![*+?{])/.exec(this.#source) ?? [];
    const isApart =
      literal !== undefined && !this.#source.includes('|') && !new RegExp(`^${single}$`, 'i').test(literal);
    return rest === '\\b' && (isApart || single === '\\w');
  }

  #refuse(problem: string): void {
    this.problem ??= problem;
    this.#position = this.#source.length;
  }
}
