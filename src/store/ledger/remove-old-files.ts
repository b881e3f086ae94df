import { lstatSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { listNotes, removeNotesOf } from '../spool/note-files.js';
import { countWaiting } from './count-waiting.js';
import { LEDGER_FOLDER } from './file-name.js';
import type { Holdings } from './holdings.js';
import { listLedgerNames } from './list-names.js';
import {
  decideRemovals,
  type KeptFile,
  MAX_FILES,
  type OnRemoved,
  type RetentionLimits,
} from './retention.js';

/** Files looked at in one go: removing is no reason to hold up the program. What is left is for the next time. */
const MAX_LOOKS = 2 * MAX_FILES;

/**
 * Remove the files of the ledger that have to go, and their notes. Looks at a thousand files at most, and touches no other.
 *
 * @param directory - the state directory
 * @param spared - names of the files being written; neither removed nor counted
 * @param holdings - what of these files is this process's; told what was removed
 * @remarks Never throws: what cannot be removed now can be the next time.
 */
export function removeOldFiles(
  directory: string,
  limits: RetentionLimits,
  nowMs: number,
  spared: readonly string[],
  holdings: Holdings,
  onRemoved: OnRemoved,
): void {
  const folder = join(directory, LEDGER_FOLDER);
  const files = oldestNames(folder, spared).flatMap((name) => look(folder, name));
  const removals = decideRemovals(files, limits, nowMs);
  if (removals.length === 0) return;
  const waitingIn = createCounter(directory, holdings);
  const lost = { store_full: { events: 0, left: 0 }, expired: { events: 0, left: 0 } };
  const removed = new Set<string>();
  for (const { name, bytes, reason } of removals) {
    const waiting = waitingIn(name, bytes);
    if (!isRemoved(join(folder, name))) continue;
    removed.add(name);
    const left = holdings.remove(name, reason);
    lost[reason].events += waiting + left;
    // Others may have sent some of what was left.
    lost[reason].left += left + Math.min(waiting, holdings.takeReleased(name));
  }
  removeNotesOf(directory, removed);
  for (const reason of ['store_full', 'expired'] as const) {
    const { events, left } = lost[reason];
    if (events > 0) onRemoved(reason, events, left);
  }
}

/** Counts what waits in files that are not in this process's hands. Those that have a note are read, where nothing else tells. */
function createCounter(directory: string, holdings: Holdings): (name: string, bytes: number) => number {
  const noted = new Set(listNotes(directory).map(({ fileName }) => fileName));
  return (name, bytes) => {
    if (!noted.has(name) || holdings.has(name)) return 0;
    return holdings.waitingIn(name, bytes) ?? countWaiting(join(directory, LEDGER_FOLDER, name));
  };
}

/** @returns false also when another process was faster */
function isRemoved(path: string): boolean {
  try {
    rmSync(path);
    return true;
  } catch {
    return false;
  }
}

function oldestNames(folder: string, spared: readonly string[]): readonly string[] {
  return listLedgerNames(folder)
    .filter((name) => !spared.includes(name))
    .slice(0, MAX_LOOKS);
}

/** None when another process has just removed it, or when it is a folder. */
function look(folder: string, name: string): readonly KeptFile[] {
  try {
    const found = lstatSync(join(folder, name));
    return found.isDirectory() ? [] : [{ name, bytes: found.size, modifiedMs: found.mtimeMs }];
  } catch {
    return [];
  }
}
