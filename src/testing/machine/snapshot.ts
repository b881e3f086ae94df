import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** What stands at a path and below it: for every name a line of its kind, mode, time of change and content. */
export type Snapshot = Readonly<Record<string, string>>;

/** Look at everything below a path, without following links. @param path - need not exist */
export function takeSnapshot(path: string, name = '.'): Snapshot {
  const stats = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  if (!stats) return { [name]: 'nothing' };
  const seen = `mode ${(stats.mode & 0o7777n).toString(8)}, changed ${stats.mtimeNs}`;
  if (stats.isSymbolicLink()) return { [name]: `link to ${readlinkSync(path)}, ${seen}` };
  if (stats.isDirectory()) {
    const inside = readdirSync(path).map((entry) => takeSnapshot(join(path, entry), `${name}/${entry}`));
    return Object.assign({ [name]: `directory, ${seen}` }, ...inside);
  }
  if (!stats.isFile()) return { [name]: `special, ${seen}` };
  const digest = createHash('sha256').update(readFileSync(path)).digest('hex');
  return { [name]: `file of ${stats.size} bytes, ${seen}, sha256 ${digest}` };
}
