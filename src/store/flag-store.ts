import { join } from 'node:path';
import { readSmallFile, replaceFile } from '../internal/index.js';
import { FLAGS_FILE } from './file-names.js';
import { formatStoredFlags, parseStoredFlags, type StoredFlags } from './stored-flags.js';

/** The flags that were assigned to this installation, shared by all processes of the app. */
export interface FlagFileStore {
  /** What is on disk now, 200 flags at most; none when there is no file or it is broken. Never throws. */
  read(): StoredFlags;
  /**
   * Put these in place of what is on disk; the first 200 count. Never throws: where nothing can be kept, nothing is.
   *
   * To keep what another process assigned meanwhile, read, decide and write without waiting in between.
   */
  write(flags: StoredFlags): void;
}

const MAX_FILE_BYTES = 65_536;

/**
 * A store of flags in `flags.json` of the state directory.
 *
 * @remarks Touches the disk when it is read or written, not when it is created: a process whose consent is `off` has none.
 */
export function createFlagStore(directory: string): FlagFileStore {
  const path = join(directory, FLAGS_FILE);
  const readText = () => {
    const file = readSmallFile(path, MAX_FILE_BYTES);
    return file.status === 'found' ? new TextDecoder().decode(file.bytes) : undefined;
  };

  return {
    read: () => parseStoredFlags(readText() ?? ''),

    write(flags) {
      const before = readText();
      const text = formatStoredFlags(flags);
      const isNeedless = text === before || (before === undefined && flags.size === 0);
      if (isNeedless || Buffer.byteLength(text) > MAX_FILE_BYTES) return;
      try {
        replaceFile(path, text);
      } catch {
        // A full or read-only disk: the flags hold for this process only.
      }
    },
  };
}
