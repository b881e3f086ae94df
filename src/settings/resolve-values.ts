import { type CodeOptions, optionValue } from './code-options.js';
import { type ConfigFile, findKeys } from './config-files.js';
import { readValue } from './read-value.js';
import type { SettingWarning } from './settings.js';
import { VALUE_NAMES, VALUES, type ValueName, type ValueOf } from './table.js';
import { type Environment, findVariables } from './variables.js';
import type { Word } from './word.js';

/** The value of every setting that holds one. */
export type Values = { readonly [N in ValueName]: ValueOf<N> | (typeof VALUES)[N]['fallback'] };

export interface ResolvedValues {
  readonly values: Values;
  /** Where each value came from, for people: a variable, a file with line and key, `code` or `default`. */
  readonly origins: Readonly<Record<ValueName, string>>;
  readonly warnings: readonly SettingWarning[];
  readonly unusableDestinations: readonly Word[];
}

export interface ValueSources {
  readonly code: CodeOptions;
  readonly environment: Environment;
  /** In the order in which their values count. */
  readonly files: readonly ConfigFile[];
  readonly prefix: string;
  readonly isGiven: boolean;
}

/**
 * Take each value from the first place that has a usable one; the places stand in `ValueSetting`.
 *
 * @throws {ConfigError} `OPTION_INVALID`, also for an option that another place overrules
 */
export function resolveValues({ code, environment, files, prefix, isGiven }: ValueSources): ResolvedValues {
  const entries = VALUE_NAMES.map((name) => {
    const words = [...findVariables(name, prefix, environment), ...findKeys(name, files)];
    return { name, reading: readValue(name, words, isGiven), option: usableOption(code, name) };
  });
  const pick = <T>(toMember: (entry: (typeof entries)[number]) => T) =>
    Object.fromEntries(entries.map((entry) => [entry.name, toMember(entry)]));
  return {
    values: pick(
      ({ name, reading, option }) => reading.found?.value ?? option ?? VALUES[name].fallback,
    ) as Values,
    origins: pick(
      ({ reading, option }) => reading.found?.source ?? (option === undefined ? 'default' : 'code'),
    ) as Record<ValueName, string>,
    warnings: entries.flatMap(({ reading }) => reading.warnings),
    unusableDestinations: entries.flatMap(({ reading }) => reading.unusableDestinations),
  };
}

/** An empty key in code is what `process.env.KEY ?? ''` comes to: no key. */
function usableOption(code: CodeOptions, name: ValueName): ValueOf<ValueName> | undefined {
  const option = optionValue(code, name);
  return option === '' ? undefined : option;
}
