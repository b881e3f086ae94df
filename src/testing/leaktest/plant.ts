import { join } from 'node:path';
import type { Canaries } from '../canary/index.js';
import { type Machine, writeInto } from '../machine/index.js';

/** What is replaced by a value of its own in the arguments of a command. */
export const ARGUMENT_MARK = '{canary}';

/**
 * Put canaries where careless programs find something about their user: files of the home and of the working directory.
 *
 * @returns the variables that hold the others
 */
export function plant({ home, cwd }: Machine, canaries: Canaries): Readonly<Record<string, string>> {
  const { email, fileName, fileContent, gitRemote, gitUser, npmToken, environment } = canaries;
  const identity = `[user]\n\tname = ${gitUser.value}\n\temail = ${email.value}\n`;
  writeInto(join(home, '.gitconfig'), identity);
  writeInto(
    join(cwd, '.git', 'config'),
    `[core]\n\trepositoryformatversion = 0\n[remote "origin"]\n\turl = ${gitRemote.value}\n${identity}`,
  );
  writeInto(join(home, '.npmrc'), `//registry.npmjs.org/:_authToken=${npmToken.value}\n`);
  writeInto(join(cwd, fileName.value), `${fileContent.value}\n`);
  return {
    EMAIL: email.value,
    GIT_AUTHOR_NAME: gitUser.value,
    GIT_AUTHOR_EMAIL: email.value,
    GIT_COMMITTER_EMAIL: email.value,
    ...Object.fromEntries(environment.map(({ name, value }) => [name, value])),
  };
}

/** The command as it is run: every mark is replaced, also inside of an argument. */
export function fillIn(command: readonly string[], { argument }: Canaries): readonly string[] {
  return command.map((text) => text.replaceAll(ARGUMENT_MARK, argument.value));
}
