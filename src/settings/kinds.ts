import { isAbsolute } from 'node:path';
import { isPrivate } from './loopback.js';

/** How values of one kind are read. Every reader returns `undefined` for a value that breaks the rule; none throws. */
export interface ValueKind<T> {
  /** What a code option must be, completing "must be …". */
  readonly rule: string;
  /** What a variable must hold, completing "must be …". */
  readonly textRule: string;
  /** What a key in a file must hold, completing "must be …". */
  readonly fileRule: string;
  readonly fromCode: (value: unknown) => T | undefined;
  /** @param text - a variable's text, trimmed */
  readonly fromText: (text: string) => T | undefined;
  /** @param value - as JSON and TOML give it; a number is in the unit of the variable */
  readonly fromFile: (value: unknown) => T | undefined;
}

/** A whole number within bounds, both included. Text must be plain digits: no sign, exponent, unit or separator. */
export function wholeNumber(min: number, max: number): ValueKind<number> {
  const rule = `a whole number from ${min} to ${max}`;
  const within = (value: number) => (value >= min && value <= max ? value : undefined);
  const fromCode = (value: unknown) => (Number.isInteger(value) ? within(value as number) : undefined);
  return {
    rule,
    textRule: rule,
    fileRule: rule,
    fromCode,
    fromText: (text) => (/^\d{1,15}$/.test(text) ? within(Number(text)) : undefined),
    fromFile: fromCode,
  };
}

/** A duration: milliseconds in code, seconds (fractions allowed, `0.5`) in a variable and in a file. */
export function duration(minMs: number, maxMs: number): ValueKind<number> {
  const milliseconds = wholeNumber(minMs, maxMs);
  const secondsRule = `a number of seconds from ${minMs / 1000} to ${maxMs / 1000}`;
  const fromSeconds = (seconds: number) => milliseconds.fromCode(Math.round(seconds * 1000));
  return {
    ...milliseconds,
    textRule: secondsRule,
    fileRule: secondsRule,
    fromText: (text) => (/^\d{1,9}(\.\d{1,3})?$/.test(text) ? fromSeconds(Number(text)) : undefined),
    fromFile: (value) => (typeof value === 'number' ? fromSeconds(value) : undefined),
  };
}

/** A string that a check turns into its final form, or refuses with `undefined`. */
export function text(rule: string, check: (value: string) => string | undefined): ValueKind<string> {
  const fromCode = (value: unknown) => (typeof value === 'string' ? check(value) : undefined);
  return {
    rule,
    textRule: rule,
    fileRule: rule,
    fromCode,
    fromText: check,
    fromFile: (value) => fromCode(typeof value === 'string' ? value.trim() : value),
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
  return { rule, textRule: rule, fileRule: rule, fromCode: find, fromText: find, fromFile: find };
}

const YES = ['1', 'true', 'yes', 'on'];
const NO = ['0', 'false', 'no', 'off', ''];

const asBoolean = (value: unknown) => (typeof value === 'boolean' ? value : undefined);

/** A real boolean in code and in a file; in a variable one of a few words in any case, where empty means no. */
export const SWITCH: ValueKind<boolean> = {
  rule: 'a boolean',
  textRule: 'one of 1, true, yes, on, 0, false, no, off',
  fileRule: 'true or false, without quotes',
  fromCode: asBoolean,
  fromFile: asBoolean,
  fromText: (written) => {
    const word = written.toLowerCase();
    if (YES.includes(word)) return true;
    return NO.includes(word) ? false : undefined;
  },
};

const HOST_RULE =
  'an http or https address without user name, password, query or fragment; http only for this machine, unless';

/** An address to send to, in one spelling: no trailing slash, a path prefix kept. */
export const HOST = text(`${HOST_RULE} it is allowed`, (value) => {
  if (value.length > 2048 || !/^https?:\/\/[^\s\\?#]+$/i.test(value) || !URL.canParse(value))
    return undefined;
  const { origin, pathname, username, password } = new URL(value);
  if (username !== '' || password !== '') return undefined;
  return `${origin}${pathname}`.replace(/\/+$/, '');
});

/** The same of an OTLP receiver: the path of one signal, which many documents show, stands for the address before it. */
export const OTLP_ENDPOINT = text(HOST.rule, (value) =>
  HOST.fromText(value)?.replace(/\/+v1\/(?:traces|metrics|logs)$/, ''),
);

/**
 * An address of a kind, where nobody on the way can read along: over TLS, or on this machine.
 *
 * @param allowance - what allows any other outside of code, for people
 */
export function privateAddress(kind: ValueKind<string>, allowance: string): ValueKind<string> {
  const checked = text(`${HOST_RULE} ${allowance}`, (value) => {
    const address = kind.fromText(value);
    return address === undefined || isPrivate(new URL(address)) ? address : undefined;
  });
  return { ...checked, rule: `${HOST_RULE} posthog.allowHttp is true` };
}

/** An address for people to open, kept as it is written. */
export const ADDRESS = text('an http or https address without user name or password', (value) => {
  if (value.length > 2048 || !/^https?:\/\/[^\s\\]+$/i.test(value) || !URL.canParse(value)) return undefined;
  const { username, password } = new URL(value);
  return username === '' && password === '' ? value : undefined;
});

/** An absolute path: a relative one would put the state wherever the user happens to stand. */
export const DIRECTORY = text('an absolute path', (value) => (isPath(value) ? value : undefined));

/** A file that this package can read. */
export const CONFIG_FILE = text('the absolute path of a .json or .toml file', (value) =>
  isPath(value) && /\.(json|toml)$/i.test(value) ? value : undefined,
);

function isPath(value: string): boolean {
  return value.length <= 4096 && !value.includes('\0') && isAbsolute(value);
}

const HEADERS_RULE =
  'an object of at most 20 request headers, with names and values of printable ASCII, none of them about the body or the connection';
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]{1,100}$/;
const HEADER_VALUE = /^[\x20-\x7e]{0,4096}$/;
/** Ours to say, or the connection's. */
const RESERVED_HEADERS = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Request headers by their lower-case names. Only code can say them: they may hold credentials. */
export const HEADERS: ValueKind<Readonly<Record<string, string>>> = {
  rule: HEADERS_RULE,
  textRule: HEADERS_RULE,
  fileRule: HEADERS_RULE,
  fromCode: (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const headers = Object.entries(value).map(([name, held]) => [name.toLowerCase(), held] as const);
    const names = new Set(headers.map(([name]) => name));
    if (headers.length > 20 || names.size < headers.length || !headers.every(isHeader)) return undefined;
    return Object.fromEntries(headers) as Record<string, string>;
  },
  fromText: () => undefined,
  fromFile: () => undefined,
};

function isHeader([name, held]: readonly [string, unknown]): boolean {
  const isOurs = RESERVED_HEADERS.has(name);
  return !isOurs && HEADER_NAME.test(name) && typeof held === 'string' && HEADER_VALUE.test(held);
}
