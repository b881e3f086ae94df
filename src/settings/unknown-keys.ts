import { type ConfigFile, keySource, type ReadableFile } from './config-files.js';
import { findNearName } from './near-name.js';
import type { SettingWarning } from './settings.js';
import { keyNames, SETTING_NAMES } from './table.js';

/** More of one file would say no more, and looking for near names takes time. */
const MAX_PER_FILE = 10;

/** A warning for the first keys of each file that no setting reads. A key that may be anything is not repeated. */
export function findUnknownKeys(files: readonly ConfigFile[]): readonly SettingWarning[] {
  return files.flatMap((file) => (file.status === 'read' ? findIn(file) : []));
}

function findIn(file: ReadableFile): readonly SettingWarning[] {
  const known = SETTING_NAMES.flatMap((name) => keyNames(name));
  const unknown = file.entries.filter(({ name }) => !known.includes(name)).slice(0, MAX_PER_FILE);
  return unknown.map((entry) => {
    const near = findNearName(entry.key, known);
    const help = near === undefined ? '' : `; did you mean ${near}?`;
    const source = /^[\w-]{1,60}$/.test(entry.key) ? keySource(file, entry) : file.path;
    return { code: 'KEY_UNKNOWN', source, rule: `holds no setting of this version${help}` };
  });
}
