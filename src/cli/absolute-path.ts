import { isAbsolute, resolve } from 'node:path';
import { UsageError } from './exit-status.js';
import type { CommandIo } from './io.js';

/**
 * A path that was typed as the value of an option, made absolute.
 *
 * @param option - `--config-dir`
 * @throws {UsageError} for nothing, as an unset variable gives, and for a relative path where the working directory is gone
 */
export function toAbsolutePath(typed: string, option: string, io: Pick<CommandIo, 'cwd'>): string {
  if (typed === '') throw new UsageError(`The value of ${option} is empty. Name a place.`);
  if (isAbsolute(typed)) return typed;
  try {
    return resolve(io.cwd, typed);
  } catch {
    throw new UsageError(`The working directory is gone. Name ${option} by its whole path.`);
  }
}
