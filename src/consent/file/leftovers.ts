import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { originalName, readSmallFile } from '../../internal/index.js';
import { MAX_FILE_BYTES } from './content.js';

const ID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;

/**
 * Remove what was set aside or left over of a consent file and holds an id, or may hold one: it is too large to tell, or
 * cannot be read. A broken file without any stays, for its owner to look at. The file itself is not touched.
 *
 * @returns whether nothing of it is left. Never throws
 */
export function eraseLeftoverIds(path: string): boolean {
  try {
    const entries = readdirSync(dirname(path), { withFileTypes: true });
    return entries
      .filter((entry) => isLeftover(entry.name, basename(path)) && !entry.isDirectory())
      .map(({ name }) => join(dirname(path), name))
      .filter(mayHoldId)
      .map(erase)
      .every(Boolean);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR';
  }
}

function erase(path: string): boolean {
  try {
    rmSync(path, { force: true });
    return true;
  } catch {
    return false;
  }
}

function isLeftover(name: string, of: string): boolean {
  return name !== of && originalName(name) === of;
}

function mayHoldId(path: string): boolean {
  const file = readSmallFile(path, MAX_FILE_BYTES);
  if (file.status !== 'found') return file.status !== 'absent';
  // Whatever the encoding: the letters of an id are ASCII, and UTF-16 has a zero beside each.
  return ID.test(Buffer.from(file.bytes).toString('latin1').replaceAll('\0', ''));
}
