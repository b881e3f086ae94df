import { join } from 'node:path';
import { hasOwnFolder } from '../own-folder.js';
import { addLogs } from './add-logs.js';
import { isKeptAside, USAGE_FOLDER } from './file-name.js';
import { createTally } from './tally.js';
import { createTotal } from './total.js';
import { toUsage, type Usage } from './usage.js';
import { identifyTotal, namesIn, readLog, readTotal, toLogFiles } from './usage-files.js';

/** Logs are added up while somebody reads, but not so often. */
const MAX_LOOKS = 5;

/**
 * Add up what was counted in a state directory.
 *
 * @returns nothing counted where there is nothing. Names come in alphabetical order
 * @remarks Makes nothing, and never throws. Reads everything: some milliseconds, and tens of them where much is counted.
 */
export function readUsage(directory: string | undefined): Usage {
  try {
    const folder = directory === undefined ? undefined : join(directory, USAGE_FOLDER);
    if (folder === undefined || !hasOwnFolder(folder, false)) return toUsage(createTally(), false);
    return look(folder);
  } catch {
    // A folder that is not safe from others, or that may not be looked into.
    return toUsage(createTally(), true);
  }
}

/** Of the files of one moment. @throws the file system's error */
function look(folder: string): Usage {
  for (let looks = 1; ; looks += 1) {
    const before = takeStock(folder);
    const total = readTotal(folder) ?? createTotal(true);
    const contents = toLogFiles(folder, before.names).map(({ path }) => readLog(path));
    const isSame = isSameStock(before, takeStock(folder));
    if (!isSame && looks < MAX_LOOKS) continue;
    const logs = contents.flatMap((content) => (content.status === 'read' ? [content.log] : []));
    addLogs(total, logs);
    const isDamaged =
      total.isDamaged ||
      before.names.some(isKeptAside) ||
      logs.some((log) => log.isDamaged) ||
      contents.some(({ status }) => status === 'damaged' || status === 'unreadable');
    return toUsage(total.tally, isDamaged);
  }
}

interface Stock {
  readonly names: readonly string[];
  readonly total: string;
}

const takeStock = (folder: string): Stock => ({
  names: namesIn(folder).toSorted(),
  total: identifyTotal(folder),
});

const isSameStock = (a: Stock, b: Stock): boolean =>
  a.total === b.total && a.names.join('/') === b.names.join('/');
