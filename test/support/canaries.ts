import { createHash } from 'node:crypto';
import { blake3 } from '@noble/hashes/blake3.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';

/** A secret that is planted where a careless program would leave one, by what it is called. */
export type Canaries = Readonly<Record<string, string>>;

const DIGESTS = ['md5', 'sha1', 'sha256', 'sha512'] as const;
/** So much of a digest is nobody's coincidence. */
const DIGEST_DIGITS = 12;
/** A shorter text is found by chance. */
const MIN_LENGTH = 6;

/** The spellings under which a value would still be known to whoever looks for it: plain, encoded, and as an unsalted digest. */
export function formsOf(value: string): readonly string[] {
  const bytes = Buffer.from(value);
  const cases = [...new Set([value, value.toLowerCase(), value.toUpperCase()])];
  const forms = [
    ...cases,
    // JSON writes some characters otherwise.
    ...cases.map((text) => JSON.stringify(text).slice(1, -1)),
    ...cases.map(encodeURIComponent),
    encodeURI(value),
    bytes.toString('hex'),
    // Inside of a longer text base64 has one of three phases; what stands at its edges depends on the neighbours.
    ...[0, 1, 2].map((phase) => base64At(bytes, phase)),
    ...cases.flatMap((text) => digestsOf(text)),
  ];
  return [...new Set(forms)].filter(({ length }) => length >= MIN_LENGTH);
}

function base64At(bytes: Buffer, phase: number): string {
  const encoded = Buffer.concat([Buffer.alloc(phase), bytes])
    .toString('base64')
    .replace(/=+$/, '');
  return encoded.slice(phase === 0 ? 0 : phase + 1, -2);
}

function digestsOf(text: string): string[] {
  const digests = [
    ...DIGESTS.map((name) => createHash(name).update(text).digest()),
    Buffer.from(blake3(utf8ToBytes(text))),
  ];
  return digests.flatMap((digest) => [
    digest.toString('hex').slice(0, DIGEST_DIGITS),
    digest.toString('base64').slice(0, DIGEST_DIGITS),
  ]);
}

/** The names of the canaries that sing in a text, with the spelling that was found. */
export function findCanaries(text: string, canaries: Canaries): readonly string[] {
  return Object.entries(canaries).flatMap(([name, value]) =>
    formsOf(value)
      .filter((form) => text.includes(form))
      .map((form) => `${name}: ${form}`),
  );
}
