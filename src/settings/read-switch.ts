import { noYes, onlyNarrows } from './only-narrows.js';
import type { SettingWarning } from './settings.js';
import { SWITCHES, type SwitchName, type SwitchSetting, variableNames } from './table.js';
import { mayWiden, readAs, ruleFor, type Word } from './word.js';

/** The words on one switch, as they are heard. */
export interface SwitchReading {
  readonly yes: readonly Word[];
  readonly no: readonly Word[];
  readonly warnings: readonly SettingWarning[];
}

export interface SwitchContext {
  /** What the app's variables start with. */
  readonly prefix: string;
  /** Whether consent is `'given'`. */
  readonly isGiven: boolean;
}

const NOTHING_SAID: SwitchReading = { yes: [], no: [], warnings: [] };

/**
 * Hear every word on a switch. One that is neither yes nor no counts as the stricter of the two; of a place that may only
 * narrow, only the stricter answer is heard; and of no file a yes that would be consent itself.
 */
export function readSwitch(
  name: SwitchName,
  words: readonly Word[],
  { prefix, isGiven }: SwitchContext,
): SwitchReading {
  if (words.length === 0) return NOTHING_SAID;
  const { kind, strict, isConsent = false }: SwitchSetting = SWITCHES[name];
  const yes: Word[] = [];
  const no: Word[] = [];
  const warnings: SettingWarning[] = [];
  for (const word of words) {
    const said = readAs(kind, word);
    if (said === undefined) {
      warnings.push({ code: 'VALUE_INVALID', source: word.source, rule: `must be ${ruleFor(kind, word)}` });
    }
    const answer = said ?? strict;
    if (answer === strict) (answer ? yes : no).push(word);
    else if (isConsent && isFromFile(word)) {
      if (!isGiven) warnings.push(noYes(word, variableNames(name, prefix)[0]!));
    } else if (mayWiden(word, isGiven)) (answer ? yes : no).push(word);
    else if (answer) warnings.push(onlyNarrows(word));
  }
  return { yes, no, warnings };
}

const isFromFile = ({ place }: Word) => place !== 'environment' && place !== 'dotenv';
