import { linkSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { randomBytes } from '../random.js';
import { makeDirectory } from './make-directory.js';
import { temporaryName } from './names.js';

type Content = string | Uint8Array;

/**
 * Write a file that others see whole or not at all, in place of the one that is there.
 *
 * @param prepare - called with the path of the file that is about to take the place, to give it other rights
 * @throws the file system's error, and what `prepare` throws; what was there before is then unchanged
 * @remarks Readable by the user only (0600), and so are the directories that had to be made (0700). Not flushed to the
 *   disk: after a power failure the file may be empty, which readers must survive anyway.
 */
export function replaceFile(
  path: string,
  content: Content,
  prepare: (temporary: string) => void = () => {},
): void {
  writeWhole(path, content, (temporary) => {
    prepare(temporary);
    renameSync(temporary, path);
  });
}

/**
 * As {@link replaceFile}, but what is there already stays: of several processes the first one wins.
 *
 * @remarks On a file system without hard links (FAT, some network drives) the last one wins instead.
 */
export function proposeFile(path: string, content: Content): void {
  writeWhole(path, content, (temporary) => {
    try {
      linkSync(temporary, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') renameSync(temporary, path);
    }
  });
}

function writeWhole(path: string, content: Content, publish: (temporary: string) => void): void {
  makeDirectory(dirname(path));
  const temporary = temporaryName(path, Buffer.from(randomBytes(8)).toString('hex'));
  try {
    writeFileSync(temporary, content, { flag: 'wx', mode: 0o600 });
    publish(temporary);
  } finally {
    rmSync(temporary, { force: true });
  }
}
