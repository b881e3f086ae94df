import { isAbsolute } from 'node:path';

/** How values of one kind are read. Both readers return `undefined` for a value that breaks the rule; neither throws. */
export interface ValueKind<T> {
  /** What a code option must be, completing "must be …". */
  readonly rule: string;
  /** What a variable must hold, completing "must be …". */
  readonly textRule: string;
  readonly fromCode: (value: unknown) => T | undefined;
  /** @param text - a variable's text, trimmed */
  readonly fromText: (text: string) => T | undefined;
}

/** A whole number within bounds, both included. Text must be plain digits: no sign, exponent, unit or separator. */
export function wholeNumber(min: number, max: number): ValueKind<number> {
  const rule = `a whole number from ${min} to ${max}`;
  const within = (value: number) => (value >= min && value <= max ? value : undefined);
  return {
    rule,
    textRule: rule,
    fromCode: (value) => (Number.isInteger(value) ? within(value as number) : undefined),
    fromText: (text) => (/^\d{1,15}$/.test(text) ? within(Number(text)) : undefined),
  };
}

/** A duration: milliseconds in code, seconds (fractions allowed, `0.5`) in a variable. */
export function duration(minMs: number, maxMs: number): ValueKind<number> {
  const milliseconds = wholeNumber(minMs, maxMs);
  return {
    ...milliseconds,
    textRule: `a number of seconds from ${minMs / 1000} to ${maxMs / 1000}`,
    fromText: (text) =>
      /^\d{1,9}(\.\d{1,3})?$/.test(text) ? milliseconds.fromCode(Math.round(Number(text) * 1000)) : undefined,
  };
}

/** A string that a check turns into its final form, or refuses with `undefined`. */
export function text(rule: string, check: (value: string) => string | undefined): ValueKind<string> {
  return {
    rule,
    textRule: rule,
    fromCode: (value) => (typeof value === 'string' ? check(value) : undefined),
    fromText: check,
  };
}

/** A string of a closed pattern. */
export function pattern(rule: string, allowed: RegExp): ValueKind<string> {
  return text(rule, (value) => (allowed.test(value) ? value : undefined));
}

/** One of a few words. */
export function oneOf<const T extends string>(...words: readonly T[]): ValueKind<T> {
  const rule = `one of ${words.map((word) => `'${word}'`).join(', ')}`;
  const find = (value: unknown) => words.find((word) => word === value);
  return { rule, textRule: rule, fromCode: find, fromText: find };
}

const YES = ['1', 'true', 'yes', 'on'];
const NO = ['0', 'false', 'no', 'off', ''];

/** A real boolean in code; in a variable one of a few words in any case, where empty means no. */
export const SWITCH: ValueKind<boolean> = {
  rule: 'a boolean',
  textRule: 'one of 1, true, yes, on, 0, false, no, off',
  fromCode: (value) => (typeof value === 'boolean' ? value : undefined),
  fromText: (written) => {
    const word = written.toLowerCase();
    if (YES.includes(word)) return true;
    return NO.includes(word) ? false : undefined;
  },
};

/** An address to send to, in one spelling: no trailing slash, a path prefix kept. */
export const HOST = text(
  'an http or https address without user name, password, query or fragment',
  (value) => {
    if (value.length > 2048 || !/^https?:\/\/[^\s\\?#]+$/i.test(value) || !URL.canParse(value))
      return undefined;
    const { origin, pathname, username, password } = new URL(value);
    if (username !== '' || password !== '') return undefined;
    return `${origin}${pathname}`.replace(/\/+$/, '');
  },
);

/** An absolute path: a relative one would put the state wherever the user happens to stand. */
export const DIRECTORY = text('an absolute path', (value) =>
  value.length <= 4096 && !value.includes('\0') && isAbsolute(value) ? value : undefined,
);
