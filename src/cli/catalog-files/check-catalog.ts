import type { CommandContext, CommandInput } from '../command.js';
import { EXIT } from '../exit-status.js';
import type { FileState, SeenFile } from './look-at-files.js';
import { openFolder } from './open-folder.js';

/**
 * Look whether the files of a project say what the code says. Writes nothing.
 *
 * @returns the exit status: failed where one of them does not
 * @throws {UsageError} as `openFolder` does
 */
export function checkCatalog(context: CommandContext, input: CommandInput): number {
  const { out, err } = context;
  const seen = openFolder(context, input);
  const outdated = seen.filter(({ state }) => state !== 'current');
  if (outdated.length === 0) {
    out.line(`${out.tick}${seen.map((file) => file.name).join(', ')}: up to date.`);
    return EXIT.done;
  }
  for (const file of outdated) err.line(describe(file));
  err.line(advice(context, input));
  return EXIT.failed;
}

const WORDS: Readonly<Record<FileState, string>> = {
  current: 'is up to date',
  stale: 'says something else than the code',
  missing: 'is missing',
  foreign: 'was not written by this command',
  unfit: 'is no ordinary file that can be read',
};

const describe = ({ name, state }: SeenFile) => `${name} ${WORDS[state]}.`;

/** What stands elsewhere on the line is for whoever typed it to repeat. */
function advice({ name, isCodeKnown }: CommandContext, { out }: CommandInput): string {
  const instead = 'To bring this up to date, type the same with --write in place of --check';
  const folder = out === undefined ? '' : ' --out <dir>';
  return isCodeKnown ? `${instead}: ${name} catalog --write${folder}` : `${instead}.`;
}
