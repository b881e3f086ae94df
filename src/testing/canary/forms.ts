import type { Canary } from './canary.js';
import { digestsOf } from './digests.js';

/** A spelling under which a value would still be known to whoever looks for it. */
export interface Form {
  /** For people: `plain`, `base64`, `sha256 in hex`. */
  readonly name: string;
  /** What to look for, a character for a byte. */
  readonly needle: string;
  /** Whether capitals matter. */
  readonly isExact: boolean;
  /** All digits of a hash whose first ones the needle is: fewer than enough of them count only where they stand for themselves. */
  readonly digits?: string;
}

/**
 * So many characters of what is unique say which it is. Eight of 36 are 41 bits: with the hundred needles of a run, ten megabytes of nothing
 * but such characters would hold one by chance once in two thousand runs.
 */
export const PART_LENGTH = 8;
/** A part from the middle has to be longer: there are more of them. */
const INNER_LENGTH = 12;
const INNER_STEP = 4;

/**
 * So many digits of a hash are looked for when nothing stands beside them, as in `"id":"1a2b3c4d"`. They are 32 bits: with a thousand hashes
 * to look for, a thousand such words hold one by chance once in four thousand runs.
 */
export const MIN_HASH_DIGITS = 8;
/** So many are looked for anywhere. They are 48 bits: ten megabytes of digits hold one by chance once in thirty thousand runs. */
export const ENOUGH_HASH_DIGITS = 12;
/** A digest that is no text has as many bytes to be known by. */
const HASH_BYTES = 8;
/** Ten characters of base64 are 60 bits. */
const HASH_BASE64_LENGTH = 10;
/** What is shorter is found by chance. */
const MIN_LENGTH = 5;

/** Every form in which a value is looked for: {@link encodingsOf} it, a plain hash of it, and where it is unique, a part of it. */
export function formsOf({ value, unique = [] }: Canary): readonly Form[] {
  const parts = unique.flatMap(partsOf);
  const forms = [
    ...encodingsOf(value),
    ...hashesOf(value),
    ...parts.flatMap((part) =>
      encodingsOf(part).map((form) => ({
        ...form,
        name: form.name === 'plain' ? 'a part of it' : `a part of it, ${form.name}`,
      })),
    ),
  ];
  return withoutTwins(forms.filter(({ needle }) => needle.length >= MIN_LENGTH));
}

/** Its beginning, its end, and where it is long, pieces from its middle. */
function partsOf(text: string): readonly string[] {
  const inner = Math.max(0, Math.ceil((text.length - INNER_LENGTH) / INNER_STEP));
  return [
    text.slice(0, PART_LENGTH),
    text.slice(-PART_LENGTH),
    ...Array.from({ length: inner }, (_, at) => text.slice(at * INNER_STEP, at * INNER_STEP + INNER_LENGTH)),
  ];
}

function encodingsOf(text: string): readonly Form[] {
  const bytes = Buffer.from(text);
  const plain = (name: string, written: string): Form => ({
    name,
    needle: Buffer.from(written).toString('latin1'),
    isExact: false,
  });
  const url = encodeURIComponent(text);
  return [
    plain('plain', text),
    // JSON, and JSON in JSON, write some characters otherwise.
    plain('in JSON', JSON.stringify(text).slice(1, -1)),
    plain('in JSON, twice', JSON.stringify(JSON.stringify(text).slice(1, -1)).slice(1, -1)),
    plain('in a URL', url),
    plain('in a URL', encodeURI(text)),
    plain('in a form', url.replaceAll('%20', '+')),
    plain('in a URL, twice', encodeURIComponent(url)),
    plain('in hex', bytes.toString('hex')),
    plain('backwards', [...text].reverse().join('')),
    { name: 'in UTF-16', needle: Buffer.from(text, 'utf16le').toString('latin1'), isExact: false },
    ...[0, 1, 2].flatMap((phase) => base64At(bytes, phase)),
  ];
}

/** Inside of a longer text base64 has one of three phases; what stands at its edges depends on the neighbours. */
function base64At(bytes: Buffer, phase: number): readonly Form[] {
  const [first, end] = [Math.ceil((phase * 8) / 6), Math.floor(((phase + bytes.length) * 8) / 6)];
  const needle = Buffer.concat([Buffer.alloc(phase), bytes])
    .toString('base64')
    .slice(first, end);
  return [
    { name: 'in base64', needle, isExact: true },
    { name: 'in base64url', needle: toBase64Url(needle), isExact: true },
  ];
}

const toBase64Url = (text: string) => text.replaceAll('+', '-').replaceAll('/', '_');

/** Of the value as it stands, and as programs make it alike before they hash it. */
function hashesOf(value: string): readonly Form[] {
  const trimmed = value.trim();
  const texts = [value, trimmed, trimmed.toLowerCase(), trimmed.toUpperCase(), `${trimmed}\n`];
  return [...new Set(texts)].flatMap(digestsOf).flatMap(({ algorithm, bytes }): readonly Form[] => {
    const hex = bytes.toString('hex');
    const base64 = bytes.toString('base64').slice(0, HASH_BASE64_LENGTH);
    const named = (encoding: string) => `${algorithm} ${encoding}`;
    const first: Form = {
      name: named('in hex'),
      needle: hex.slice(0, MIN_HASH_DIGITS),
      isExact: false,
      digits: hex,
    };
    // A checksum has not so many.
    if (bytes.length < HASH_BYTES) return [first];
    return [
      first,
      { name: named('in hex'), needle: hex.slice(-ENOUGH_HASH_DIGITS), isExact: false },
      { name: named('in base64'), needle: base64, isExact: true },
      { name: named('in base64url'), needle: toBase64Url(base64), isExact: true },
      { name: named('in bytes'), needle: bytes.toString('latin1', 0, HASH_BYTES), isExact: true },
    ];
  });
}

/** Of two names for the same needle the first, which is the plainer one. */
function withoutTwins(forms: readonly Form[]): readonly Form[] {
  const byNeedle = new Map<string, Form>();
  for (const form of forms) {
    const key = `${form.isExact ? form.needle : form.needle.toLowerCase()} ${form.digits ?? ''}`;
    if (!byNeedle.has(key)) byNeedle.set(key, form);
  }
  return [...byNeedle.values()];
}
