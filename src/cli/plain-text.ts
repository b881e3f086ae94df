const ASCII: Readonly<Record<string, string>> = {
  '✓': '*',
  '…': '...',
  '–': '-',
  '—': '-',
  '→': '->',
  '•': '-',
  '·': '-',
  '’': "'",
  '“': '"',
  '”': '"',
  '\u00a0': ' ',
};

/** Characters that steer a terminal, or change how what stands beside them is read: none of them can be seen. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Of these, what JSON leaves as it is. */
const UNSEEN_IN_JSON = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A text for terminals that can show ASCII only; what has no likeness there becomes `?`. */
export function toAscii(text: string): string {
  return text.replaceAll(/\P{ASCII}/gu, (character) => ASCII[character] ?? '?');
}

/** A text that others had a hand in, on one line: a space for every character that cannot be seen. */
export function toPrintable(text: string): string {
  return text.replaceAll(UNSEEN, ' ');
}

/**
 * A value as JSON in which every character can be seen; others are escaped, so that it says the same.
 *
 * @param indent - columns to lay it out by; all on one line unless given
 */
export function toJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replaceAll(UNSEEN_IN_JSON, escapeUnits);
}

/** `\u202e`; two of them for a character beyond the first plane. */
function escapeUnits(character: string): string {
  return Array.from({ length: character.length }, (_, at) => character.charCodeAt(at))
    .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
    .join('');
}

/** Plural by number: `1 file`, `3 files`. */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** A size for people: `312 B`, `4.2 kB`, `10.5 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1_000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
