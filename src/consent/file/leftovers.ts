import { basename, dirname, join } from 'node:path';
import { eraseFiles, originalName, readSmallFile } from '../../internal/index.js';
import { MAX_FILE_BYTES } from './content.js';

const ID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;

/**
 * Remove what was set aside or left over of a consent file and holds an id, or may hold one: it is too large to tell, or
 * cannot be read. A broken file without any stays, for its owner to look at. The file itself is not touched.
 *
 * @returns whether nothing of it is left. Never throws
 */
export function eraseLeftoverIds(path: string): boolean {
  const directory = dirname(path);
  const isMeant = (name: string) => isLeftover(name, basename(path)) && mayHoldId(join(directory, name));
  return eraseFiles(directory, isMeant);
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
