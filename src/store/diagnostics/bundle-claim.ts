import { type FileHandle, lstat, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { randomBytes } from '../../internal/index.js';
import { systemCodeOf } from '../write-failure.js';
import { temporaryBundleName, toBundleName } from './bundle-name.js';

const MAX_NAMES = 5;

/** The name of a bundle, and the file that it is written to: whoever made that is the only one who may use the name. */
export interface BundleClaim {
  readonly name: string;
  readonly path: string;
  readonly temporary: string;
  /** Empty, for its user only (0600). The caller closes it, and renames or removes it. */
  readonly file: FileHandle;
}

/**
 * Claim a name that no bundle has, in a folder that only its user can write to.
 *
 * @returns undefined when every name that was tried is taken
 * @throws the file system's error
 * @remarks Needs no hard links.
 */
export async function claimBundleName(
  folder: string,
  app: string,
  nowMs: number,
): Promise<BundleClaim | undefined> {
  for (let attempt = 0; attempt < MAX_NAMES; attempt += 1) {
    const name = toBundleName(app, nowMs, Buffer.from(randomBytes(4)).toString('hex'));
    const [path, temporary] = [join(folder, name), join(folder, temporaryBundleName(name))];
    const file = await openNew(temporary);
    if (file === undefined) continue;
    // Only now: before, another one may have been about to use the name.
    if ((await lstat(path).catch(() => undefined)) === undefined) return { name, path, temporary, file };
    await file.close();
    await rm(temporary, { force: true });
  }
  return undefined;
}

/** Undefined when there is such a file. */
async function openNew(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'wx', 0o600);
  } catch (error) {
    if (systemCodeOf(error) === 'EEXIST') return undefined;
    throw error;
  }
}
