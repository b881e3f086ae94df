import { lstatSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ConfigPlace } from './config-places.js';
import { type ConfigEntry, parseConfig } from './parse-config.js';
import { type ConfigFormat, formatOf } from './parse-table.js';
import { isForeign, readSmallTextFile, statusOf } from './small-text-file.js';
import { keyNames, type SettingName } from './table.js';
import type { Trust, Word } from './word.js';

/** A file that speaks about telemetry, as read once; or a marker; or a place where nobody may look. */
export type ConfigFile = PlainFile | UnreadableFile | ReadableFile;

export interface PlainFile {
  readonly status: 'marker' | 'hidden';
  /** The path for people, as in the other forms. */
  readonly path: string;
}

/** Something is there, and nobody knows what it says. */
export interface UnreadableFile {
  readonly status: 'unreadable';
  readonly path: string;
  readonly format: ConfigFormat;
}

export interface ReadableFile {
  readonly status: 'read';
  readonly kind: Exclude<ConfigPlace['kind'], 'marker'>;
  readonly path: string;
  readonly trust: Trust;
  readonly entries: readonly ConfigEntry[];
}

/**
 * Read the files that are there. Never throws, never waits.
 *
 * @returns in the order of the places; nothing for a place where nothing is
 * @remarks Not read, and so reported as unreadable: what is no regular file, or larger than 64 KB.
 */
export function readConfigFiles(places: readonly ConfigPlace[]): readonly ConfigFile[] {
  return places.flatMap((place) =>
    place.kind === 'marker' ? readMarker(place) : readFile(place, place.kind),
  );
}

/** What the files say to a setting, in the order of the files, and in one file in that of the setting's keys. */
export function findKeys(setting: SettingName, files: readonly ConfigFile[]): readonly Word[] {
  return files.flatMap((file) => {
    if (file.status !== 'read') return [];
    return keyNames(setting).flatMap((name) =>
      file.entries.filter((entry) => entry.name === name).map((entry) => toWord(file, entry)),
    );
  });
}

/** What to call a key of a file: `~/.config/acme/telemetry.toml:3 (dry_run)`. */
export function keySource({ path }: ReadableFile, { key, line }: ConfigEntry): string {
  return `${path}${line === undefined ? '' : `:${line}`} (${key})`;
}

function readFile({ path, shown }: ConfigPlace, kind: ReadableFile['kind']): readonly ConfigFile[] {
  const format = formatOf(path);
  const file = readSmallTextFile(path);
  if (file.status === 'absent') return [];
  if (file.status === 'hidden') return [{ status: 'hidden', path: shown }];
  const entries = file.status === 'found' ? parseConfig(file.text, format, kind === 'app') : undefined;
  if (file.status !== 'found' || entries === undefined)
    return [{ status: 'unreadable', path: shown, format }];
  return [
    { status: 'read', kind, path: shown, trust: trustIn(kind, file.isForeign || isInForeign(path)), entries },
  ];
}

/** Any thing of that name, also a link that leads nowhere. */
function readMarker({ path, shown }: ConfigPlace): readonly ConfigFile[] {
  try {
    const isThere = lstatSync(path, { throwIfNoEntry: false }) !== undefined;
    return isThere ? [{ status: 'marker', path: shown }] : [];
  } catch (error) {
    return statusOf(error) === 'absent' ? [] : [{ status: 'hidden', path: shown }];
  }
}

/** Whether the directory of a file, or a link that stands in its place, belongs to another user. */
function isInForeign(path: string): boolean {
  try {
    return isForeign(lstatSync(dirname(path)));
  } catch {
    return true;
  }
}

/** The search for a project goes up into directories where others may write, such as `/tmp`. */
function trustIn(kind: ReadableFile['kind'], isOfOthers: boolean): Trust {
  switch (kind) {
    case 'user':
    case 'machine':
      return 'full';
    case 'app':
      return 'given';
    case 'project':
      return isOfOthers ? 'narrows' : 'given';
    default:
      return kind satisfies never;
  }
}

function toWord(file: ReadableFile, entry: ConfigEntry): Word {
  const said = typeof entry.value === 'string' ? entry.value.trim() : entry.value;
  const { kind: place, trust, path } = file;
  return { place, trust, name: entry.key, file: path, source: keySource(file, entry), said };
}
