import { randomBytes } from 'node:crypto';
import { lstatSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { brokenName, SECRET_FILE } from './file-names.js';
import { readSmallFile, type SmallFile } from './small-file.js';
import { proposeFile } from './whole-file.js';

const SECRET_BYTES = 32;
/** Set a broken file aside, find none, propose one, find it: three looks, and a few more for what others do meanwhile. */
const MAX_LOOKS = 8;
const MAX_KEPT_ASIDE = 9;

/**
 * The secret behind this installation's hashes: the one on disk, or a new one that is kept there.
 *
 * @param directory - the state directory; it is made when needed. Undefined: nothing is kept
 * @returns 32 random bytes. Processes that start at the same time get the same ones. Where nothing can be read or kept, a
 *   fresh secret for this process: hashes then cannot be compared with those of another run
 * @remarks Never throws. Synchronous; takes well under a millisecond when the file exists. Writes to disk, so the caller
 *   calls it only once consent is known to be `local` or `on`, and once per process. A file that is no secret is kept as
 *   `secret.broken-1` (then 2, up to 9); one that may not be read stays. Links are not followed. Two processes that repair
 *   a broken file in the same instant may disagree until their next run.
 *   Can this identify someone? It names the installation, never the person, and never leaves it.
 */
export function openInstallationSecret(directory: string | undefined): Uint8Array {
  const kept = directory === undefined ? undefined : openSecretFile(join(directory, SECRET_FILE));
  return kept ?? createSecret();
}

function openSecretFile(path: string): Uint8Array | undefined {
  try {
    for (let look = 0; look < MAX_LOOKS; look += 1) {
      const file = readSmallFile(path, SECRET_BYTES);
      if (isSecret(file)) return file.bytes;
      if (file.status === 'unreadable') return undefined;
      if (file.status === 'absent') proposeFile(path, createSecret());
      else setAside(path);
    }
  } catch {
    // The directory cannot be written to: the caller goes on without a kept secret.
  }
  return undefined;
}

/** @throws when every name is taken, or the file cannot be moved */
function setAside(path: string): void {
  const attempts = Array.from({ length: MAX_KEPT_ASIDE }, (_, index) => index + 1);
  const free = attempts.map((attempt) => brokenName(path, attempt)).find((name) => !exists(name));
  if (free === undefined) throw new Error('No name is left for a broken secret.');
  // As late as possible: another process may have put a good secret in its place.
  if (!isSecret(readSmallFile(path, SECRET_BYTES))) renameSync(path, free);
}

function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function isSecret(file: SmallFile): file is Extract<SmallFile, { status: 'found' }> {
  return file.status === 'found' && file.bytes.length === SECRET_BYTES;
}

function createSecret(): Uint8Array {
  return new Uint8Array(randomBytes(SECRET_BYTES));
}
