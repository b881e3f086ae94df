import { join } from 'node:path';
import { withFileLock } from '../../internal/index.js';
import { isFolder } from '../is-folder.js';
import { TOTAL_FILE, USAGE_FOLDER } from './file-name.js';

/**
 * Do something while no other process adds up the counters of a state directory: what it has read must not come back after
 * it was removed. Makes no folder.
 *
 * @throws what `work` throws
 * @remarks Waits for the other one, but goes ahead after 2 s.
 */
export function holdUsage<T>(directory: string, work: () => T): T {
  const folder = join(directory, USAGE_FOLDER);
  return isFolder(folder) ? withFileLock(join(folder, TOTAL_FILE), work) : work();
}
