import {
  isSwitchName,
  keyNames,
  OPTION_PATHS,
  SETTING_NAMES,
  type SettingName,
  SWITCHES,
  type SwitchSetting,
  VALUES,
  type ValueSetting,
  variableNames,
} from './table.js';

/** One setting, for people: a row of the table in the README and of the `settings` command. */
export interface SettingDescription {
  readonly name: SettingName;
  /** Whether it says yes or no, rather than holding a value. */
  readonly isSwitch: boolean;
  /** Whether code may set it, under its name. */
  readonly isOption: boolean;
  /** Spelled for the app, in order of precedence. */
  readonly variables: readonly string[];
  /** Keys in files, its name first. */
  readonly keys: readonly string[];
  /** What it must be in each of these places, completing "must be …". */
  readonly rules: { readonly code: string; readonly variable: string; readonly file: string };
  /** What it is unless set; undefined when that is nothing. */
  readonly fallback: string | number | boolean | undefined;
  /** What it narrows, in a few words; undefined when that is nothing. */
  readonly narrows: string | undefined;
}

/**
 * Every setting, values first, in the order of the tables.
 *
 * @param prefix - what the app's variables start with; `<APP>` for a text about any app
 */
export function describeSettings(prefix: string): readonly SettingDescription[] {
  return SETTING_NAMES.map((name) => {
    const { kind, narrows }: SwitchSetting | ValueSetting<unknown, unknown> = isSwitchName(name)
      ? SWITCHES[name]
      : VALUES[name];
    return {
      name,
      isSwitch: isSwitchName(name),
      isOption: OPTION_PATHS.includes(name),
      variables: variableNames(name, prefix),
      keys: keyNames(name),
      rules: { code: kind.rule, variable: kind.textRule, file: kind.fileRule },
      fallback: isSwitchName(name) ? undefined : VALUES[name].fallback,
      narrows,
    };
  });
}
