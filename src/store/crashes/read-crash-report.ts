import { readSmallFile } from '../../internal/index.js';
import type { FileInfo } from '../file-info.js';

/** A report that is larger was not written here. */
export const MAX_REPORT_BYTES = 1_048_576;

/**
 * What a crash report holds: JSON, or its text where it is none.
 *
 * @returns undefined when it cannot be read. Never throws
 */
export function readCrashReport({ path }: Pick<FileInfo, 'path'>): unknown {
  const file = readSmallFile(path, MAX_REPORT_BYTES);
  if (file.status !== 'found') return undefined;
  const text = new TextDecoder().decode(file.bytes);
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
