import { Zip, ZipDeflate } from 'fflate';

/** A file of a bundle. */
export interface BundleFile {
  readonly name: 'manifest.json' | 'telemetry.json' | 'crashes.json';
  /** The text in pieces of whole characters, read once. One piece at a time is in memory. */
  readonly pieces: Iterable<string>;
}

/** Called after every file: how many are done, of how many. */
export type OnBundleProgress = (doneFiles: number, totalFiles: number) => void;

const UNIX = 3;

/** What a zip says of a file. */
const describeFile = () => ({
  // A zip has local times, which would tell the time zone of the machine.
  mtime: new Date(1980, 0, 1),
  // Unpacked, only their user can read them.
  os: UNIX,
  attrs: (0o100600 << 16) >>> 0,
});

/**
 * Files as a zip, in pieces; what goes in decides every byte. Some hundred kilobytes are in memory at a time.
 *
 * @throws what reading the files' pieces throws
 */
export function* zipPieces(
  files: readonly BundleFile[],
  onProgress: OnBundleProgress = () => {},
): Generator<Uint8Array, void, undefined> {
  const made: Uint8Array[] = [];
  const zip = new Zip((error, piece) => {
    if (error) throw error;
    made.push(piece);
  });
  const encoder = new TextEncoder();
  for (const [at, { name, pieces }] of files.entries()) {
    const file = Object.assign(new ZipDeflate(name), describeFile());
    zip.add(file);
    for (const piece of pieces) {
      file.push(encoder.encode(piece));
      yield* made.splice(0);
    }
    file.push(new Uint8Array(), true);
    yield* made.splice(0);
    onProgress(at + 1, files.length);
  }
  zip.end();
  yield* made.splice(0);
}
