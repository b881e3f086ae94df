import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreError } from '../errors.js';
import { hasOwnFolder } from '../own-folder.js';
import { systemCodeOf, whyNotWritten } from '../write-failure.js';
import { writePieces } from '../write-pieces.js';
import { type BundleClaim, claimBundleName } from './bundle-claim.js';
import { BUNDLE_FOLDER } from './bundle-name.js';
import { removeOldBundles } from './remove-old-bundles.js';
import { type BundleFile, type OnBundleProgress, zipPieces } from './zip-pieces.js';

const MAX_BYTES = 50_000_000;

export interface BundleOptions {
  readonly app: string;
  /** The state directory. */
  readonly directory: string;
  readonly files: readonly BundleFile[];
  /** Whole days since a bundle was written. */
  readonly retentionDays: number;
  /** Of all bundles together, and so of each; 50 MB unless given. */
  readonly maxBytes?: number | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Gives it up: nothing is left behind, and the signal's reason is thrown. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnBundleProgress | undefined;
}

export interface WrittenBundle {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
}

/**
 * Write `<app>-diagnostics-20261121_083000-1b4e28ba.zip` into the folder `diagnostics` of the state directory: under a name of its
 * own, there whole or not at all, for its user only (0600). The oldest bundles go that are more than ten, more than 50 MB together
 * or too old, and so does what killed processes left over.
 *
 * @throws {StoreError} `STORE_NOT_WRITABLE`; what asking for pieces of the files throws
 * @remarks It may be gone once ten others were written: whoever reads it opens it at once. Links are not followed.
 */
export async function writeBundle(options: BundleOptions): Promise<WrittenBundle> {
  const { app, directory, files, retentionDays, now, signal, onProgress } = options;
  const { maxBytes = MAX_BYTES } = options;
  let claim: BundleClaim | undefined;
  try {
    signal?.throwIfAborted();
    const folder = openFolder(directory);
    claim = await claimBundleName(folder, app, now());
    if (claim === undefined) throw notWritten('every name that was tried is taken');
    const bytes = await writeClaimed(claim, bounded(zipPieces(files, onProgress), maxBytes), signal);
    const { name, path, temporary } = claim;
    await rename(temporary, path);
    removeOldBundles(folder, { name, bytes }, { retentionDays, maxBytes }, now());
    return { path, name, bytes };
  } catch (error) {
    throw toStoreError(error);
  } finally {
    if (claim) await rm(claim.temporary, { force: true }).catch(() => {});
  }
}

function openFolder(directory: string): string {
  const folder = join(directory, BUNDLE_FOLDER);
  try {
    hasOwnFolder(folder, true);
    return folder;
  } catch (error) {
    if (systemCodeOf(error) !== undefined) throw error;
    throw notWritten('its folder is none, or others can write to it', error);
  }
}

async function writeClaimed(
  { file }: BundleClaim,
  pieces: Iterable<Uint8Array>,
  signal: AbortSignal | undefined,
): Promise<number> {
  try {
    return await writePieces(file, pieces, signal);
  } finally {
    await file.close();
  }
}

function* bounded(pieces: Iterable<Uint8Array>, maxBytes: number): Generator<Uint8Array, void, undefined> {
  let bytes = 0;
  for (const piece of pieces) {
    bytes += piece.length;
    if (bytes > maxBytes) throw notWritten('it would be larger than all bundles together may be');
    yield piece;
  }
}

function toStoreError(error: unknown): unknown {
  const reason = error instanceof StoreError ? undefined : whyNotWritten(error);
  return reason === undefined ? error : notWritten(reason, error);
}

const notWritten = (reason: string, cause?: unknown) =>
  new StoreError(
    'STORE_NOT_WRITABLE',
    `The diagnostics bundle was not written: its file cannot be made, because ${reason}. ` +
      "Look at the folder of telemetry's files, and try again.",
    { cause },
  );
