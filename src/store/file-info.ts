import { lstatSync } from 'node:fs';
import { quietly } from '../internal/index.js';

/** A file of what was recorded. */
export interface FileInfo {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  /** When it was last written, in milliseconds since 1970. */
  readonly modifiedMs: number;
}

/** None when it was removed meanwhile, or is no file. Links are not followed. Never throws. */
export function fileInfoOf(name: string, path: string): readonly FileInfo[] {
  const found = quietly(() => lstatSync(path));
  return found?.isFile() ? [{ name, path, bytes: found.size, modifiedMs: found.mtimeMs }] : [];
}
