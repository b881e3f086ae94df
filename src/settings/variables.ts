import type { Surrounding } from './surroundings.js';
import { type SettingName, variableNames } from './table.js';
import type { Word } from './word.js';

/** What the outside says, as read once. Nothing in it is ever modified or kept. */
export interface Environment {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The content of `.env` in the working directory; empty when there is none. */
  readonly dotenv: Readonly<Record<string, string>>;
  /** The same as Node itself reads it, which the program may have loaded into its environment. Nothing unless given. */
  readonly dotenvOfNode?: Readonly<Record<string, string | undefined>>;
  /** `true` when `.env`, or a link in its place, belongs to another user: then it only ever narrows. */
  readonly isDotenvForeign?: boolean;
  /** `true` when `.env` could not be read, so that nothing it says is known. */
  readonly isDotenvUnreadable?: boolean;
  /** What shows that nobody is there to be asked: a CI system, an automated test, an agent. None unless given. */
  readonly surroundings?: readonly Surrounding[];
}

/**
 * The variables set for one setting: those of the environment before those of `.env`, each in order of precedence.
 *
 * @remarks A variable that `.env` sets to the same is the word of `.env`, wherever it stands: programs load that file into
 *   their environment, and it may have come with somebody else's project.
 */
export function findVariables(
  setting: SettingName,
  prefix: string,
  environment: Environment,
): readonly Word[] {
  const { env, dotenv } = environment;
  const set: Word[] = [];
  const setInDotenv: Word[] = [];
  for (const name of variableNames(setting, prefix)) {
    const text = env[name];
    const dotenvText = dotenv[name];
    if (text !== undefined)
      set.push(isLoaded(name, text, environment) ? toLoaded(name, text, environment) : toWord(name, text));
    if (dotenvText !== undefined && dotenvText.trim() !== text?.trim())
      setInDotenv.push(toDotenvWord(name, dotenvText, environment));
  }
  return [...set, ...setInDotenv];
}

/**
 * The variables by which the platform knows where programs keep their files, as far as `.env` may have set them: answers and
 * policies would be looked for, and events kept, wherever somebody else says.
 */
export function findLoadedPlaces(environment: Environment): readonly Word[] {
  return findLoaded(PLACES, environment);
}

/** Those of some variables of the environment that `.env` may have set. */
export function findLoaded(names: readonly string[], environment: Environment): readonly Word[] {
  return names.flatMap((name) => {
    const text = environment.env[name];
    return text !== undefined && isLoaded(name, text, environment) ? [toLoaded(name, text, environment)] : [];
  });
}

const PLACES = [
  'XDG_DATA_HOME',
  'XDG_CONFIG_HOME',
  'HOME',
  'USERPROFILE',
  'APPDATA',
  'LOCALAPPDATA',
  'PROGRAMDATA',
];

function toWord(name: string, text: string): Word {
  return { place: 'environment', trust: 'full', name, file: undefined, source: name, said: text.trim() };
}

function toDotenvWord(name: string, text: string, { isDotenvForeign = false }: Environment): Word {
  const trust = isDotenvForeign ? 'narrows' : 'given';
  const source = sourceName(name, true);
  return { place: 'dotenv', trust, name, file: DOTENV_FILE, source, said: text.trim() };
}

const toLoaded = (name: string, text: string, environment: Environment): Word => ({
  ...toDotenvWord(name, text, environment),
  isLoaded: true,
});

/** Whether a variable may have come from `.env`. The case of names does not count, as it does not on Windows. */
export function isLoaded(name: string, value: string, { dotenv, dotenvOfNode = {} }: Environment): boolean {
  const said = value.trim();
  const isSame = ([key, text]: readonly [string, string | undefined]) =>
    text?.trim() === said && key.trim().toUpperCase() === name.toUpperCase();
  return Object.entries(dotenv).some(isSame) || Object.entries(dotenvOfNode).some(isSame);
}

const DOTENV_FILE = 'the .env file in the working directory';

/** How a variable is called in warnings and reasons. */
export function sourceName(name: string, isFromDotenv: boolean): string {
  return isFromDotenv ? `${name} in .env` : name;
}
