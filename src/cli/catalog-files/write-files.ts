import { chmodSync } from 'node:fs';
import { replaceFile } from '../../internal/index.js';
import { StoreError, whyNotWritten } from '../../store/index.js';
import type { SeenFile } from './look-at-files.js';

/** As a file in a project is, for everybody to read. */
const DEFAULT_MODE = 0o644;

/**
 * Bring files up to date, each whole or not at all.
 *
 * @param seen - those that were looked at; links among them are not followed
 * @param options.overwrite - whether files that were not written here may be replaced
 * @returns the names of those that were written
 * @throws {StoreError} `STORE_EXISTS` for a file that was not written here, before anything is written; `STORE_NOT_WRITABLE`
 */
export function writeFiles(
  seen: readonly SeenFile[],
  { overwrite }: { readonly overwrite: boolean },
): readonly string[] {
  for (const file of seen) assertReplaceable(file, overwrite);
  const outdated = seen.filter(({ state }) => state !== 'current');
  for (const file of outdated) write(file);
  return outdated.map(({ name }) => name);
}

function assertReplaceable({ name, state }: SeenFile, overwrite: boolean): void {
  if (state === 'unfit') throw notWritable(name, 'what is there is no ordinary file that can be read');
  if (state !== 'foreign' || overwrite) return;
  throw new StoreError(
    'STORE_EXISTS',
    `There is a ${name} that this command has not written, so it stays as it is.`,
  );
}

function write({ name, path, expected, mode = DEFAULT_MODE }: SeenFile): void {
  try {
    replaceFile(path, expected, (temporary) => chmodSync(temporary, mode & 0o777));
  } catch (error) {
    throw notWritable(name, whyNotWritten(error) ?? 'of an error that nobody expected', error);
  }
}

const notWritable = (name: string, why: string, cause?: unknown) =>
  new StoreError('STORE_NOT_WRITABLE', `${name} could not be written: ${why}.`, { cause });
