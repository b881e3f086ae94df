import type { SettingWarning } from './settings.js';
import { VALUES, type ValueName, type ValueOf, type ValueSetting } from './table.js';
import type { FoundVariable } from './variables.js';

/** What the variables of one setting come to. */
export interface ValueReading<T> {
  /** The first usable value, or `undefined` when code or the default decides. */
  readonly value: T | undefined;
  readonly warnings: readonly SettingWarning[];
  /** Variables that say where data goes, and say it unusably, before any usable one. */
  readonly unusableDestinations: readonly FoundVariable[];
}

/**
 * Read one setting from the variables that are set for it, in order of precedence.
 *
 * @param mayWiden - whether `.env` counts for more than narrowing; a value never narrows, so otherwise it is passed over
 */
export function readValue<N extends ValueName>(
  name: N,
  variables: readonly FoundVariable[],
  mayWiden: boolean,
): ValueReading<ValueOf<N>> {
  const { kind, isDestination = false }: ValueSetting<unknown, unknown> = VALUES[name];
  const warnings: SettingWarning[] = [];
  const unusableDestinations: FoundVariable[] = [];
  for (const variable of variables) {
    const { source, text } = variable;
    if (isDestination && text === '') continue;
    if (variable.isFromDotenv && !mayWiden) {
      warnings.push(onlyNarrows(source));
      continue;
    }
    const value = kind.fromText(text) as ValueOf<N> | undefined;
    if (value !== undefined) return { value, warnings, unusableDestinations };
    warnings.push({ code: 'VALUE_INVALID', source, rule: `must be ${kind.textRule}` });
    if (isDestination) unusableDestinations.push(variable);
  }
  return { value: undefined, warnings, unusableDestinations };
}

/** The warning for a value of `.env` that was passed over. */
export function onlyNarrows(source: string): SettingWarning {
  return {
    code: 'DOTENV_ONLY_NARROWS',
    source,
    rule: 'was not used: a .env file may only turn things off. Set the variable in the environment instead',
  };
}
