import type { ValueKind } from './kinds.js';

/** Where a setting may be spoken of, outside of code. */
export type Place = 'environment' | 'dotenv' | 'project' | 'app' | 'user' | 'machine';

/**
 * How much a word counts for: `full` may say anything; `given` only narrows, unless consent is `'given'`; `narrows` never
 * does more.
 */
export type Trust = 'full' | 'given' | 'narrows';

/** What one place says to one setting: a variable that is set, or a key that is written in a file. */
export interface Word {
  readonly place: Place;
  readonly trust: Trust;
  /** `true` for a variable of `.env` that stands in the environment too. Nobody can tell who put it there. */
  readonly isLoaded?: boolean;
  /** The variable or the key. */
  readonly name: string;
  /** The file it stands in, for people; undefined for the environment itself. */
  readonly file: string | undefined;
  /** Where it stands, for people: `DO_NOT_TRACK in .env`, `~/.config/acme/telemetry.toml:3 (dry_run)`. */
  readonly source: string;
  /** The text of a variable, without surrounding white space; or what JSON or TOML give for the key. */
  readonly said: unknown;
}

/** The word as a value of one kind; undefined when it breaks the rule of the kind. */
export function readAs<T>(kind: ValueKind<T>, { place, said }: Word): T | undefined {
  return isVariable(place) ? kind.fromText(said as string) : kind.fromFile(said);
}

/** What the word must be, completing "must be …". */
export function ruleFor(kind: ValueKind<unknown>, { place }: Word): string {
  return isVariable(place) ? kind.textRule : kind.fileRule;
}

/** Whether the word may do more than narrow. */
export function mayWiden({ trust }: Word, isGiven: boolean): boolean {
  return trust === 'full' || (trust === 'given' && isGiven);
}

const isVariable = (place: Place) => place === 'environment' || place === 'dotenv';
