import type { CommandContext, CommandInput } from '../command.js';
import { EXIT } from '../exit-status.js';
import { hintAtCode } from '../hints.js';
import { openFolder } from './open-folder.js';
import { writeFiles } from './write-files.js';

/**
 * Bring the files of a project up to date with the code.
 *
 * @returns the exit status
 * @throws {UsageError} as `openFolder` does; {StoreError} for what could not be written
 */
export function writeCatalog(context: CommandContext, input: CommandInput): number {
  const { out } = context;
  const seen = openFolder(context, input);
  const written = new Set(writeFiles(seen, { overwrite: input.force === true }));
  for (const { name } of seen)
    out.line(written.has(name) ? `${out.tick}${name} was written.` : `${out.tick}${name} is up to date.`);
  if (input.host === undefined) hintAtCode(context);
  return EXIT.done;
}
