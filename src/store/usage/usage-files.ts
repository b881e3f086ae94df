import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readSmallFile, toFileState } from '../../internal/index.js';
import { parseLogName, TOTAL_FILE } from './file-name.js';
import { MAX_LOG_BYTES, MAX_TOTAL_BYTES } from './limits.js';
import { type ParsedLog, parseLog } from './lines.js';
import { createTotal, parseTotal, type Total } from './total.js';

/** A log that stands in the folder. */
export interface LogFile {
  readonly name: string;
  readonly path: string;
  /** Of the process that writes it; undefined: it is finished. */
  readonly pid: number | undefined;
}

/** What a log holds. */
export type LogContent =
  | { readonly status: 'read'; readonly log: ParsedLog; readonly bytes: number }
  /** Its process was killed before it had written anything. */
  | { readonly status: 'empty' }
  /** It is none of ours, or only looks like it. */
  | { readonly status: 'damaged' }
  /** Permission is missing, or the system has no room for one more open file. */
  | { readonly status: 'unreadable' }
  | { readonly status: 'absent' };

/** @param names - of the files of a folder. @returns by name */
export function toLogFiles(folder: string, names: readonly string[]): readonly LogFile[] {
  return names.toSorted().flatMap((name) => {
    const log = parseLogName(name);
    return log ? [{ name, path: join(folder, name), pid: log.pid }] : [];
  });
}

/** @throws the file system's error */
export const namesIn = (folder: string): readonly string[] => readdirSync(folder);

/** Never throws. */
export function readLog(path: string): LogContent {
  const file = readSmallFile(path, MAX_LOG_BYTES);
  if (file.status === 'unfit') return { status: 'damaged' };
  if (file.status !== 'found') return { status: file.status };
  const log = parseLog(new TextDecoder().decode(file.bytes));
  if (log === undefined) return { status: 'damaged' };
  return log === 'nothing' ? { status: 'empty' } : { status: 'read', log, bytes: file.bytes.length };
}

/** Read the total of a folder. @returns undefined when there is one that cannot be read now. Never throws */
export function readTotal(folder: string): Total | undefined {
  const file = readSmallFile(join(folder, TOTAL_FILE), MAX_TOTAL_BYTES);
  if (file.status === 'unreadable') return undefined;
  if (file.status !== 'found') return createTotal(file.status === 'unfit');
  return parseTotal(new TextDecoder().decode(file.bytes));
}

/** Tells one total from the one that takes its place. @throws the file system's error */
export function identifyTotal(folder: string): string {
  const found = lstatSync(join(folder, TOTAL_FILE), { bigint: true, throwIfNoEntry: false });
  return found ? toFileState(found) : 'none';
}
