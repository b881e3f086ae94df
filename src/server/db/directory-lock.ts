import { randomUUID } from 'node:crypto';
import {
  linkSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { RepositoryError } from './errors.js';
import { type ProcessIdentity, seeProcess, thisProcess } from './process-identity.js';

const LOCK = 'lock';

/** Who holds the directory. */
interface Holder extends ProcessIdentity {
  /** Never given twice. */
  readonly token: string;
}

/** What is made of a file that a power failure has emptied. */
const NOBODY: Holder = { token: 'nobody', pid: 0, startedAt: undefined, namespace: undefined };

/** How often a holder says that it is still there, to those who cannot see its process. */
const SIGN_INTERVAL_MS = 5_000;
/** Longer than a process may be busy without a pause. */
const SILENCE_MS = 60_000;

/** How often to look again when others came and went in the meantime. */
const MAX_LOOKS = 20;

/**
 * Take a directory for this process alone, by a file in it that names the process.
 *
 * @param directory - exists
 * @returns gives it back; may be called twice. A process that is killed cannot: the next one sees that it runs no more, in
 *   another container once a minute has passed
 * @throws {RepositoryError} `DATABASE_IN_USE` while a process that runs has it, this one included; `DATABASE_FAILED` where
 *   nothing can be written, or on a file system without hard links
 * @remarks
 * A lock that was left behind is not deleted, for who deletes by name may hit the lock of one who was faster. Instead the
 * next one links its own to it, as `lock.after-<token>`: as tokens are never given twice, one process at most can do that. It
 * then moves its link to the place of the first. Whoever linked to a lock that had been replaced by then notices by following
 * the links from the start.
 */
export function lockDirectory(directory: string): () => void {
  const own: Holder = { ...thisProcess(), token: randomUUID() };
  const proposal = join(directory, `${LOCK}.${own.token}.tmp`);
  try {
    writeFileSync(proposal, JSON.stringify(own), { flag: 'wx', mode: 0o600 });
    take(directory, proposal, own);
  } catch (error) {
    if (error instanceof RepositoryError) throw error;
    throw new RepositoryError('DATABASE_FAILED', UNLOCKABLE);
  } finally {
    rmSync(proposal, { force: true });
  }
  const signs = setInterval(() => giveSign(directory), SIGN_INTERVAL_MS).unref();
  return () => {
    clearInterval(signs);
    giveBack(directory, own);
  };
}

function take(directory: string, proposal: string, own: Holder): void {
  for (let look = 0; look < MAX_LOOKS; look += 1) {
    const last = lastHolder(directory);
    if (last?.runs === true) break;
    const file = last === undefined ? LOCK : fileAfter(last);
    if (!linkOnce(proposal, join(directory, file))) continue;
    if (lastHolder(directory)?.token === own.token) {
      moveToStart(directory, file);
      return;
    }
    rmSync(join(directory, file), { force: true });
  }
  throw new RepositoryError('DATABASE_IN_USE', IN_USE);
}

/** @returns undefined when nobody has the directory, nor had it when it was killed */
function lastHolder(directory: string): (Holder & { readonly runs: boolean }) | undefined {
  let last: { readonly path: string; readonly holder: Holder } | undefined;
  let path = join(directory, LOCK);
  for (let holder = readHolder(path); holder !== undefined; holder = readHolder(path)) {
    last = { path, holder };
    path = join(directory, fileAfter(holder));
  }
  return last && { ...last.holder, runs: isRunning(last.holder, last.path) };
}

const fileAfter = ({ token }: Holder) => `${LOCK}.after-${token}`;

function isRunning(holder: Holder, path: string): boolean {
  switch (seeProcess(holder)) {
    case 'runs':
      return true;
    case 'ended':
      return false;
    case 'out_of_sight':
      return Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) < SILENCE_MS;
  }
}

function readHolder(path: string): Holder | undefined {
  try {
    return parseHolder(readFileSync(path, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function parseHolder(text: string): Holder {
  try {
    return JSON.parse(text) as Holder;
  } catch {
    return NOBODY;
  }
}

/** @returns false when there is such a file already */
function linkOnce(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** From here on, links to those before lead nowhere; what is left of them is cleared away. */
function moveToStart(directory: string, file: string): void {
  if (file !== LOCK) renameSync(join(directory, file), join(directory, LOCK));
  for (const name of readdirSync(directory)) {
    if (name.startsWith(`${LOCK}.after-`)) rmSync(join(directory, name), { force: true });
  }
}

function giveSign(directory: string): void {
  const now = new Date();
  try {
    utimesSync(join(directory, LOCK), now, now);
  } catch {
    // Who runs beside this process sees it without signs.
  }
}

function giveBack(directory: string, own: Holder): void {
  const path = join(directory, LOCK);
  try {
    if (readHolder(path)?.token === own.token) rmSync(path, { force: true });
  } catch {
    // The directory may be gone, and with it what was held.
  }
}

const IN_USE =
  'Another process has this embedded database open, and only one may. Stop that process, or give both a PostgreSQL server by DATABASE_URL.';

const UNLOCKABLE =
  'The directory of the database cannot be locked. Choose one on a local disk that this user may write to.';
