import { foldName } from './fold-name.js';
import { type ConfigFormat, isTable, parseTable } from './parse-table.js';
import { isSwitchKey, toSettledKey } from './table.js';

/** A key that is written in a file. */
export interface ConfigEntry {
  /** As it is written. */
  readonly key: string;
  /** The key that it counts as: see `toSettledKey()`. */
  readonly name: string;
  readonly value: unknown;
  /** Counted from 1; undefined when it could not be found. */
  readonly line: number | undefined;
}

/** The block of settings in a file that holds others too. */
const BLOCK = 'telemetry';

/**
 * The settings that a file holds: those of its `telemetry` block first, then those at its top level. A `telemetry` that is
 * no block is an entry itself. The block is known in any case.
 *
 * @param onlyBlock - whether the top level belongs to somebody else
 * @returns undefined when the text is not of the format, or is no table of settings, or decides something twice under one
 *   key, of which JSON would lose the first
 * @remarks Lines are found by a simple search; it can miss, and in a file with many blocks name the line of another one.
 */
export function parseConfig(
  text: string,
  format: ConfigFormat,
  onlyBlock: boolean,
): readonly ConfigEntry[] | undefined {
  const root = parseTable(text, format, isDecision);
  if (root === undefined) return undefined;
  const members = Object.entries(root);
  const lines = text.split(/\r\n|[\r\n]/);
  const isNamed = ([key]: Member) => foldName(key) === BLOCK;
  const isBlock = (member: Member) => isNamed(member) && isTable(member[1]);
  const inBlock = members.filter(isBlock).flatMap(([, block]) => Object.entries(block as object));
  const top = members.filter((member) => !isBlock(member) && (isNamed(member) || !onlyBlock));
  return [
    ...toEntries(inBlock, lines, format, findBlock(lines, format)),
    ...toEntries(top, lines, format, 0),
  ];
}

const isDecision = (key: string) => foldName(key) === BLOCK || isSwitchKey(key);

type Member = readonly [key: string, value: unknown];

function toEntries(
  members: readonly Member[],
  lines: readonly string[],
  format: ConfigFormat,
  start: number,
): readonly ConfigEntry[] {
  if (members.length === 0) return [];
  const found = indexKeys(lines, format, start);
  return members.map(([key, value]) => ({
    key,
    name: toSettledKey(key, value),
    value,
    line: found.get(key),
  }));
}

const KEYS: Readonly<Record<ConfigFormat, RegExp>> = {
  json: /"([\w-]{1,60})"\s*:/g,
  toml: /(?:^|[\s{,.])["']?([\w-]{1,60})["']?\s*=/g,
};

/** The first line, from one on, on which each key is written. */
function indexKeys(
  lines: readonly string[],
  format: ConfigFormat,
  start: number,
): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (let index = start; index < lines.length; index += 1) {
    for (const [, key] of withoutComment(lines[index]!, format).matchAll(KEYS[format])) {
      if (key !== undefined && !found.has(key)) found.set(key, index + 1);
    }
  }
  return found;
}

/** The index of the line on which the block starts; that of the first line when it cannot be found. */
function findBlock(lines: readonly string[], format: ConfigFormat): number {
  const start = format === 'json' ? /"telemetry"\s*:/i : /^\s*(\[\s*)?["']?telemetry["']?\s*[\].=]/i;
  return Math.max(
    0,
    lines.findIndex((line) => start.test(withoutComment(line, format))),
  );
}

function withoutComment(line: string, format: ConfigFormat): string {
  const end = format === 'toml' ? line.indexOf('#') : -1;
  return end === -1 ? line : line.slice(0, end);
}
