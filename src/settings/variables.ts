import { type SettingName, variableNames } from './table.js';

/** What the outside says, as read once. Neither record is ever modified or kept. */
export interface Environment {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The content of `.env` in the working directory; empty when there is none. */
  readonly dotenv: Readonly<Record<string, string>>;
  /** `true` when `.env` could not be read, so that nothing it says is known. */
  readonly isDotenvUnreadable?: boolean;
}

/** A variable that is set, possibly to nothing. */
export interface FoundVariable {
  readonly name: string;
  readonly isFromDotenv: boolean;
  /** The name for people, such as `DO_NOT_TRACK` or `DO_NOT_TRACK in .env`. */
  readonly source: string;
  /** Without surrounding white space. */
  readonly text: string;
}

/** The variables set for one setting: those of the environment before those of `.env`, each in order of precedence. */
export function findVariables(
  setting: SettingName,
  prefix: string,
  environment: Environment,
): readonly FoundVariable[] {
  const names = variableNames(setting, prefix);
  return [
    ...names.flatMap((name) => found(name, environment.env[name], false)),
    ...names.flatMap((name) => found(name, environment.dotenv[name], true)),
  ];
}

function found(name: string, text: string | undefined, isFromDotenv: boolean): FoundVariable[] {
  if (text === undefined) return [];
  return [{ name, isFromDotenv, source: sourceName(name, isFromDotenv), text: text.trim() }];
}

/** How a variable is called in warnings and reasons. */
export function sourceName(name: string, isFromDotenv: boolean): string {
  return isFromDotenv ? `${name} in .env` : name;
}
