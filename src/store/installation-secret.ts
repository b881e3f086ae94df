import { rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  keepAside,
  pause,
  proposeFile,
  randomBytes,
  readSmallFile,
  replaceFile,
  type SmallFile,
} from '../internal/index.js';
import { SECRET_FILE } from './file-names.js';

const SECRET_BYTES = 32;
/** Together 0.2 s: the longest wait for another process that is repairing a broken file. Usually there is none. */
const MAX_LOOKS = 40;
const PAUSE_MS = 5;

/**
 * The secret behind this installation's hashes: the one on disk, or a new one that is kept there.
 *
 * @param directory - the state directory; it is made when needed. Undefined: nothing is kept
 * @returns 32 random bytes. Processes that start at the same time get the same ones. Where nothing can be read or kept, a
 *   fresh secret for this process: hashes then cannot be compared with those of another run
 * @remarks Never throws. Synchronous; takes well under a millisecond when the file exists, and at most 0.2 s more when it
 *   is broken and another process is repairing it. Writes to disk, so the caller calls it only once consent is known to be
 *   `local` or `on`, and once per process. A file that is no secret is kept as `secret.broken-1` (then 2, up to 9) and
 *   replaced; one that may not be read, or is a folder, stays. Links are not followed.
 *   Can this identify someone? It names the installation, never the person, and never leaves it.
 */
export function openInstallationSecret(directory: string | undefined): Uint8Array {
  const kept = directory === undefined ? undefined : openSecretFile(join(directory, SECRET_FILE));
  return kept ?? createSecret();
}

/** The secret on disk; undefined when there is none that can be used. Makes and repairs nothing, never throws. */
export function readInstallationSecret(directory: string | undefined): Uint8Array | undefined {
  if (directory === undefined) return undefined;
  const file = readSmallFile(join(directory, SECRET_FILE), SECRET_BYTES);
  return isSecret(file) ? file.bytes : undefined;
}

/** Look, do what is missing, and look again: what is on disk counts, whichever process put it there. */
function openSecretFile(path: string): Uint8Array | undefined {
  try {
    for (let look = 0; look < MAX_LOOKS; look += 1) {
      const file = readSmallFile(path, SECRET_BYTES);
      if (isSecret(file)) return file.bytes;
      if (file.status === 'unreadable') return undefined;
      if (file.status === 'absent') proposeFile(path, createSecret());
      else repair(path);
    }
  } catch {
    // The directory cannot be written to: the caller goes on without a kept secret.
  }
  return undefined;
}

function repair(path: string): void {
  const aside = keepAside(path);
  if (aside === undefined) pause(PAUSE_MS);
  // Another process may have repaired it after our look: then it is a good one that was kept aside.
  else if (isSecret(readSmallFile(aside, SECRET_BYTES))) rmSync(aside);
  else replaceFile(path, createSecret());
}

function isSecret(file: SmallFile): file is Extract<SmallFile, { status: 'found' }> {
  return file.status === 'found' && file.bytes.length === SECRET_BYTES;
}

function createSecret(): Uint8Array {
  return new Uint8Array(randomBytes(SECRET_BYTES));
}
