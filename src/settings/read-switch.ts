import { onlyNarrows } from './read-value.js';
import type { SettingWarning } from './settings.js';
import { SWITCHES, type SwitchName } from './table.js';
import type { FoundVariable } from './variables.js';

/** What every place says to one switch. */
export interface SwitchReading {
  readonly yes: readonly FoundVariable[];
  readonly no: readonly FoundVariable[];
  /** What code says, if anything. */
  readonly option: boolean | undefined;
  readonly warnings: readonly SettingWarning[];
}

/**
 * Hear every variable that is set for a switch, and code. A text that is neither yes nor no counts as the stricter of
 * the two.
 *
 * @param mayWiden - whether `.env` counts for more than narrowing; otherwise only its stricter answers are heard
 */
export function readSwitch(
  name: SwitchName,
  variables: readonly FoundVariable[],
  option: boolean | undefined,
  mayWiden: boolean,
): SwitchReading {
  const { kind, strict } = SWITCHES[name];
  const yes: FoundVariable[] = [];
  const no: FoundVariable[] = [];
  const warnings: SettingWarning[] = [];
  for (const variable of variables) {
    const { source, text, isFromDotenv } = variable;
    const said = kind.fromText(text);
    if (said === undefined)
      warnings.push({ code: 'VALUE_INVALID', source, rule: `must be ${kind.textRule}` });
    const answer = said ?? strict;
    if (answer === strict || !isFromDotenv || mayWiden) (answer ? yes : no).push(variable);
    else if (answer) warnings.push(onlyNarrows(source));
  }
  return { yes, no, option, warnings };
}

/**
 * Whether a switch that enables is on: somebody said yes, and nobody in the environment or `.env` said no.
 * A no in code is only the absence of a yes, so that a user may say it in the maker's place.
 */
export function isEnabled({ yes, no, option }: SwitchReading): boolean {
  return no.length === 0 && (yes.length > 0 || option === true);
}
