import { groupBy } from '../../internal/index.js';
import type { Canary } from './canary.js';
import { ENOUGH_HASH_DIGITS, type Form, formsOf } from './forms.js';

/** A canary that sings. */
export interface Found {
  /** Of the canary. */
  readonly name: string;
  /** In which form: `plain`, `base64`, `sha256 in hex`. */
  readonly form: string;
  /** How many bytes stand before it. */
  readonly at: number;
}

/** Looks through bytes, or a text, once. @returns what was found: every form of every canary at most once, in order of place */
export type CanarySearch = (source: Uint8Array | string) => readonly Found[];

interface Needle {
  readonly canary: string;
  readonly form: Form;
  readonly bytes: Buffer;
}

/** Needles are told apart by so many of their first bytes. */
const KEY_BYTES = 4;
const SLOT_BITS = 18;

/** The letters A to Z as a to z, and every other byte as it is. */
const FOLDED = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte,
);

/** The forms of all canaries, made once for many sources. */
export function createSearch(canaries: readonly Canary[]): CanarySearch {
  const byKey = groupBy(canaries.flatMap(toNeedles), ({ bytes }) => keyOf(bytes));
  const slots = new Uint8Array(1 << SLOT_BITS);
  for (const key of byKey.keys()) slots[slotOf(key)] = 1;
  return (source) => {
    const bytes = typeof source === 'string' ? Buffer.from(source) : source;
    const found = new Map<string, Found>();
    let key = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      key = (key << 8) | (FOLDED[bytes[at] ?? 0] ?? 0) | 0;
      if (slots[slotOf(key)] === 0 || at < KEY_BYTES - 1) continue;
      for (const needle of byKey.get(key) ?? []) add(found, needle, bytes, at - KEY_BYTES + 1);
    }
    return [...found.values()];
  };
}

function toNeedles(canary: Canary): readonly Needle[] {
  return formsOf(canary).map((form) => ({
    canary: canary.name,
    form,
    bytes: Buffer.from(form.needle, 'latin1'),
  }));
}

function keyOf(bytes: Buffer): number {
  let key = 0;
  for (let at = 0; at < KEY_BYTES; at += 1) key = (key << 8) | (FOLDED[bytes[at] ?? 0] ?? 0) | 0;
  return key;
}

const slotOf = (key: number) => Math.imul(key, 0x9e3779b1) >>> (32 - SLOT_BITS);

function add(
  found: Map<string, Found>,
  { canary, form, bytes }: Needle,
  source: Uint8Array,
  at: number,
): void {
  const id = `${canary}\n${form.name}`;
  if (found.has(id) || !standsAt(source, at, bytes, form.isExact)) return;
  if (form.digits !== undefined && !isDigest(source, at, form.digits)) return;
  found.set(id, { name: canary, form: form.name, at });
}

function standsAt(source: Uint8Array, at: number, needle: Uint8Array, isExact: boolean): boolean {
  for (let offset = 0; offset < needle.length; offset += 1) {
    const [seen, meant] = [source[at + offset] ?? -1, needle[offset] ?? 0];
    if (isExact ? seen !== meant : FOLDED[seen] !== FOLDED[meant]) return false;
  }
  return true;
}

/** Whether the digits at a place are those of a hash: enough of them, or fewer with nothing of the kind beside them. */
function isDigest(source: Uint8Array, at: number, digits: string): boolean {
  let length = 0;
  while (length < digits.length && FOLDED[source[at + length] ?? -1] === digits.charCodeAt(length))
    length += 1;
  if (length >= ENOUGH_HASH_DIGITS) return true;
  return !isDigit(source[at - 1]) && !isDigit(source[at + length]);
}

const isDigit = (byte: number | undefined) =>
  byte !== undefined && /[\da-f]/i.test(String.fromCharCode(byte));
