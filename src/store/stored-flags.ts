/** A flag as it was assigned to this installation. */
export interface StoredFlag {
  /** A variant, or on or off. */
  readonly value: string | boolean;
  /** Of the flag's definition on the server when it was assigned; undefined when the server did not say. */
  readonly version: number | undefined;
}

/** By flag key. */
export type StoredFlags = ReadonlyMap<string, StoredFlag>;

const MAX_FLAGS = 200;
const MAX_TEXT_LENGTH = 64;

/** Write flags as the text of a file: `{ "flags": { "new_reranker": { "value": "test", "version": 3 } } }`. The first 200. */
export function formatStoredFlags(stored: StoredFlags): string {
  const flags = Object.fromEntries([...stored].slice(0, MAX_FLAGS));
  return `${JSON.stringify({ flags }, undefined, 2)}\n`;
}

/**
 * Read what {@link formatStoredFlags} wrote, and anything else without harm.
 *
 * @returns at most 200 flags; none for a text that is not such a file. An entry that is none is left out
 */
export function parseStoredFlags(text: string): StoredFlags {
  const flags = parseFlagsRecord(text);
  return new Map(Object.entries(flags).filter(isStoredEntry).slice(0, MAX_FLAGS).map(toStoredEntry));
}

function parseFlagsRecord(text: string): object {
  try {
    const flags: unknown = (JSON.parse(text) as { flags?: unknown } | null)?.flags;
    return typeof flags === 'object' && flags !== null && !Array.isArray(flags) ? flags : {};
  } catch {
    return {};
  }
}

function isStoredEntry(entry: [string, unknown]): entry is [string, StoredFlag] {
  const [key, flag] = entry;
  if (!isShortText(key) || typeof flag !== 'object' || flag === null) return false;
  const { value, version } = flag as Record<keyof StoredFlag, unknown>;
  return (typeof value === 'boolean' || isShortText(value)) && (version === undefined || isVersion(version));
}

function toStoredEntry([key, { value, version }]: [string, StoredFlag]): [string, StoredFlag] {
  return [key, { value, version }];
}

function isShortText(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= MAX_TEXT_LENGTH;
}

function isVersion(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
