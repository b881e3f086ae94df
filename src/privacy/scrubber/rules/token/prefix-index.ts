import type { TokenFormat } from './format.js';

/**
 * Formats in groups by the first two characters of their prefix, all of them ASCII. Of a character beyond ASCII the lower
 * seven bits are looked up, and the expression of the group says no.
 */
export interface PrefixIndex {
  /** The group at `first << 7 | second`, of two codes; 0 for none. */
  readonly groups: Uint8Array;
  /** At `group << 7 | third`: 1 if a format of the group may go on with that code. */
  readonly thirds: Uint8Array;
  /** For prefix and body of any format of a group, sticky. */
  readonly expressions: readonly (RegExp | undefined)[];
}

/** Of small tables, that stay in the processor's cache from word to word. */
export function indexByPrefix(formats: readonly TokenFormat[]): PrefixIndex {
  const sources = new Map<string, string[]>();
  for (const [prefix, body] of formats) {
    const beginning = prefix.slice(0, 2);
    sources.set(beginning, [...(sources.get(beginning) ?? []), prefix.replace(/[.$|{}+/-]/g, '\\$&') + body]);
  }
  const beginnings = [...sources.keys()];
  const groups = new Uint8Array(128 * 128);
  beginnings.forEach((beginning, index) => {
    groups[(beginning.charCodeAt(0) << 7) | beginning.charCodeAt(1)] = index + 1;
  });
  const thirds = new Uint8Array((beginnings.length + 1) * 128);
  for (const [prefix] of formats) {
    const start = groups[(prefix.charCodeAt(0) << 7) | prefix.charCodeAt(1)]! << 7;
    if (prefix.length > 2) thirds[start | prefix.charCodeAt(2)] = 1;
    else thirds.fill(1, start, start + 128);
  }
  const expressions = [
    undefined,
    ...beginnings.map((key) => new RegExp(`(?:${sources.get(key)!.join('|')})`, 'y')),
  ];
  return { groups, thirds, expressions };
}
