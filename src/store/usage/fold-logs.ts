import { lstatSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import {
  brokenName,
  eraseFile,
  keepAside,
  quietly,
  replaceFile,
  tryWithFileLock,
} from '../../internal/index.js';
import { addLogs } from './add-logs.js';
import { createLogName, isKeptLog, isLeftOver, TOTAL_FILE } from './file-name.js';
import { isFinished } from './is-finished.js';
import { formatTotal } from './total.js';
import {
  identifyTotal,
  type LogContent,
  type LogFile,
  namesIn,
  readLog,
  readTotal,
  toLogFiles,
} from './usage-files.js';

/** So many finished logs are worth adding up: fewer are read faster than a total is written. */
const ENOUGH_LOGS = 8;
/** 4 MB at most: adding up is no reason to hold up the program. What is left is for the next time. */
const MAX_LOGS_AT_ONCE = 32;
/** Damaged logs that are kept. */
const MAX_KEPT_LOGS = 9;
/** Of these ids nearly all are gone with the next fold; only where a log can never be read do they add up. */
const MAX_MERGED = 1_000;

/** What a fold does to the disk, each in one step. */
export interface FoldEffects {
  readonly rename: (from: string, to: string) => void;
  readonly keepAside: (path: string) => string | undefined;
  readonly replace: (path: string, text: string) => void;
  readonly erase: (path: string) => boolean;
}

interface TakenLog {
  readonly path: string;
  readonly content: LogContent;
}

const FILES: FoldEffects = { rename: renameSync, keepAside, replace: replaceFile, erase: eraseFile };

/**
 * Add up the finished logs of a folder, when there are enough of them: into the total go their records, and they are removed.
 *
 * @param own - name of the log that this process writes
 * @remarks Never throws. A process that is killed at any point leaves files that say the same: whoever finds a log whose id the
 *   total has knows that it is counted. Nothing happens while another process does it.
 */
export function foldLogs(folder: string, own: string, effects: FoldEffects = FILES): void {
  quietly(() => {
    const finished = findFinished(folder, own);
    if (finished.length < ENOUGH_LOGS) return;
    tryWithFileLock(join(folder, TOTAL_FILE), () => fold(folder, own, effects));
  });
}

const findFinished = (folder: string, own: string): readonly LogFile[] =>
  toLogFiles(folder, namesIn(folder)).filter((log) => isFinished(log, own));

function fold(folder: string, own: string, effects: FoldEffects): void {
  moveFolderAside(join(folder, TOTAL_FILE));
  const identity = identifyTotal(folder);
  const total = readTotal(folder);
  if (!total) return;
  const finished = findFinished(folder, own);
  const taken = finished.slice(0, MAX_LOGS_AT_ONCE).map((log) => take(folder, log, effects));
  const logs = taken.flatMap(({ path, content }) =>
    content.status === 'read' ? [{ path, ...content }] : [],
  );
  const isEachRead =
    taken.length === finished.length && taken.every(({ content }) => content.status !== 'unreadable');

  const standing = logs.filter(({ path, log }) => total.merged.has(log.id) && !effects.erase(path));
  // What was not read may be one of them.
  const merged = isEachRead ? standing.map(({ log }) => log.id) : [...total.merged];
  const added = addLogs(
    total,
    logs.map(({ log }) => log),
  );
  const fresh = logs.filter(({ log }) => added.has(log.id));

  // Whoever clears the data waits for the lock, but not forever.
  if (identifyTotal(folder) !== identity || !fresh.every(isUnchanged)) return;
  for (const { path, content } of taken) if (isDamaged(content)) keepLog(folder, path, effects);
  if (added.size > 0 || total.isDamaged) {
    if (total.isDamaged && !mayReplace(join(folder, TOTAL_FILE), effects)) return;
    const ids = [...merged, ...added].slice(-MAX_MERGED);
    effects.replace(join(folder, TOTAL_FILE), formatTotal(total.tally, ids));
  }
  for (const { path, content } of taken) if (content.status !== 'unreadable') effects.erase(path);
  eraseLeftOvers(folder, effects);
}

/** A process that writes in it after all, because it runs in another container, does not find it and begins a new one. */
function take(folder: string, { path, pid }: LogFile, effects: FoldEffects): TakenLog {
  const aside = pid === undefined ? path : join(folder, createLogName(undefined));
  if (aside !== path) effects.rename(path, aside);
  return { path: aside, content: readLog(aside) };
}

/** It stands there, and has not grown. */
const isUnchanged = ({ path, bytes }: { readonly path: string; readonly bytes: number }): boolean =>
  lstatSync(path, { throwIfNoEntry: false })?.size === bytes;

/** Nothing can be put in the place of a folder. */
function moveFolderAside(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory()) renameSync(path, brokenName(path, 1));
}

const isDamaged = (content: LogContent): boolean =>
  content.status === 'damaged' || (content.status === 'read' && content.log.isDamaged);

function keepLog(folder: string, path: string, effects: FoldEffects): void {
  if (namesIn(folder).filter(isKeptLog).length < MAX_KEPT_LOGS) quietly(() => effects.keepAside(path));
}

/** @returns false when another process was about to keep it aside, a moment ago */
function mayReplace(path: string, effects: FoldEffects): boolean {
  try {
    return effects.keepAside(path) !== undefined;
  } catch {
    // There are nine already, or no hard links.
    return true;
  }
}

function eraseLeftOvers(folder: string, effects: FoldEffects): void {
  for (const name of namesIn(folder)) if (isLeftOver(name)) effects.erase(join(folder, name));
}
