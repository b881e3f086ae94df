import { requireLate } from '../internal/index.js';
import { hasTwinKeys } from './twin-keys.js';

export type ConfigFormat = 'json' | 'toml';

/** What JSON calls an object and TOML a table. A member may have any name: only own ones are members. */
export type Table = Readonly<Record<string, unknown>>;

/** The format that the name of a file promises. */
export function formatOf(path: string): ConfigFormat {
  return path.toLowerCase().endsWith('.toml') ? 'toml' : 'json';
}

/**
 * Parse the text of a config file.
 *
 * @param isDecision - names the keys that must not stand twice in one object, of which JSON would lose the first
 * @returns undefined when the text is not of the format, is no table, or decides something twice. Never throws
 */
export function parseTable(
  text: string,
  format: ConfigFormat,
  isDecision: (key: string) => boolean,
): Table | undefined {
  try {
    const root = format === 'toml' ? loadToml().parse(text) : parseJson(text, isDecision);
    return isTable(root) ? root : undefined;
  } catch {
    return undefined;
  }
}

export function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function parseJson(text: string, isDecision: (key: string) => boolean): unknown {
  return hasTwinKeys(text, isDecision) ? undefined : JSON.parse(text);
}

/** Loaded here and not above: most machines have no such file, and programs start faster without the parser. */
function loadToml(): typeof import('smol-toml') {
  return requireLate('smol-toml') as typeof import('smol-toml');
}
