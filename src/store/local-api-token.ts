import { join } from 'node:path';
import {
  isForUserAlone,
  makeDirectory,
  quietly,
  randomBytes,
  readSmallFile,
  replaceFile,
  withFileLock,
} from '../internal/index.js';
import { StoreError } from './errors.js';
import { TOKEN_FILE } from './file-names.js';
import { isOwnPlace } from './is-own.js';
import { whyNotWritten } from './write-failure.js';

const TOKEN_BYTES = 32;
/** With a line break that an editor may have added. */
const MAX_FILE_BYTES = 64;
const PATTERN = /^([A-Za-z0-9_-]{43})\r?\n?$/;

/**
 * The token that the local API asks for: 43 characters of base64url.
 *
 * @param directory - the state directory
 * @returns undefined where there is none, and where it is worth nothing: it belongs to somebody else, others can read or change it,
 *   a link stands in its place, or it is no token. Never throws, makes nothing
 */
export function readLocalApiToken(directory: string | undefined): string | undefined {
  return directory === undefined ? undefined : quietly(() => readToken(directory));
}

/**
 * The token of the local API, made now when there is none that is worth anything. Processes that ask at the same time get the same.
 *
 * @param directory - the state directory; it is made when needed
 * @param options.renew - make a new one in any case: the one before opens nothing any more
 * @throws {StoreError} `STORE_NOT_WRITABLE` where it cannot be kept for its user alone
 * @remarks Only for a person's own act: nothing else puts it on the disk.
 */
export function openLocalApiToken(
  directory: string,
  { renew = false }: { readonly renew?: boolean } = {},
): string {
  const kept = () => (renew ? undefined : readLocalApiToken(directory));
  return kept() ?? writing(() => withDirectoryLock(directory, () => kept() ?? makeToken(directory)));
}

function readToken(directory: string): string | undefined {
  if (!isOwnPlace(directory)) return undefined;
  const file = readSmallFile(join(directory, TOKEN_FILE), MAX_FILE_BYTES);
  if (file.status !== 'found' || !isForUserAlone(file)) return undefined;
  return PATTERN.exec(Buffer.from(file.bytes).toString('latin1'))?.[1];
}

function withDirectoryLock(directory: string, work: () => string): string {
  makeDirectory(directory);
  if (!isOwnPlace(directory)) throw notKept('others can write to its folder');
  return withFileLock(join(directory, TOKEN_FILE), work);
}

function makeToken(directory: string): string {
  const token = Buffer.from(randomBytes(TOKEN_BYTES)).toString('base64url');
  replaceFile(join(directory, TOKEN_FILE), token);
  // Not every file system can keep a file from others.
  if (readLocalApiToken(directory) !== token) throw notKept('others could read it there');
  return token;
}

function writing(work: () => string): string {
  try {
    return work();
  } catch (error) {
    throw error instanceof StoreError ? error : notKept(whyNotWritten(error) ?? 'its folder is none', error);
  }
}

const notKept = (reason: string, cause?: unknown) =>
  new StoreError(
    'STORE_NOT_WRITABLE',
    `The token of the local API was not made: it cannot be kept, because ${reason}. ` +
      "Look at the folder of telemetry's files, and try again.",
    { cause },
  );
