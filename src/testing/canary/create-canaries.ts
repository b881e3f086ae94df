import { randomInt } from 'node:crypto';
import type { Canary } from './canary.js';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const LOWER = `${LETTERS}0123456789`;
const MIXED = `${LOWER}${LETTERS.toUpperCase()}`;
/** So many characters of 36 are 62 bits. */
const WORD_LENGTH = 12;

/** Values for every place where a careless program finds something about its user, each in the shape that is usual there. */
export interface Canaries {
  readonly user: Canary;
  readonly host: Canary;
  /** The name of the working directory. */
  readonly directory: Canary;
  readonly email: Canary;
  readonly fileName: Canary;
  readonly fileContent: Canary;
  readonly gitRemote: Canary;
  readonly gitUser: Canary;
  /** Secrets, by the names of their variables. */
  readonly environment: readonly Canary[];
  /** In a file of the home. */
  readonly npmToken: Canary;
  readonly argument: Canary;
}

/** Make them, at random: no two runs have one in common. */
export function createCanaries(): Canaries {
  return {
    user: of('user', '', word()),
    host: of('host', '', word()),
    directory: of('working directory', '', word()),
    email: of('e-mail', '', word(), '@', word(), '.example'),
    fileName: of('file name', '', word(), '.xlsx'),
    fileContent: of('file content', 'salary of ', word(), ': ', word()),
    gitRemote: of('git remote', 'https://git.', word(), '.example/', word(), '/', word(), '.git'),
    gitUser: of('git user', '', word(), ' ', word()),
    environment: [
      of('AWS_SECRET_ACCESS_KEY', '', characters(MIXED, 40)),
      of('GITHUB_TOKEN', 'ghp_', characters(MIXED, 36)),
      of('OPENAI_API_KEY', 'sk-proj-', characters(MIXED, 48)),
      of('DATABASE_URL', 'postgres://app:', word(), '@db.', word(), '.example:5432/app'),
    ],
    npmToken: of('npm token', 'npm_', characters(MIXED, 36)),
    argument: of('argument', '', word()),
  };
}

/** All of them, in one list. */
export function listCanaries({ environment, ...others }: Canaries): readonly Canary[] {
  return [...Object.values(others), ...environment];
}

/** @param parts - what is usual and what is unique, in turns */
function of(name: string, ...parts: readonly string[]): Canary {
  return { name, value: parts.join(''), unique: parts.filter((_, at) => at % 2 === 1) };
}

/** As a name may be: a letter first. */
const word = () => characters(LETTERS, 1) + characters(LOWER, WORD_LENGTH - 1);

function characters(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}
