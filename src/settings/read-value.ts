import type { ValueKind } from './kinds.js';
import { onlyNarrows } from './only-narrows.js';
import type { SettingWarning } from './settings.js';
import { VALUES, type ValueName, type ValueOf, type ValueSetting } from './table.js';
import { mayWiden, readAs, ruleFor, type Word } from './word.js';

/** What the words on one setting come to. */
export interface ValueReading<T> {
  /** The first usable value, and the word that holds it; undefined when code or the default decides. */
  readonly found: { readonly value: T; readonly word: Word } | undefined;
  readonly warnings: readonly SettingWarning[];
  /** Words that say where data goes, and say it unusably, before any usable one. */
  readonly unusableDestinations: readonly Word[];
}

const NOTHING_SAID: ValueReading<never> = { found: undefined, warnings: [], unusableDestinations: [] };

/**
 * Read one setting from what is said to it, in order of precedence.
 *
 * @param isGiven - whether consent is `'given'`. A value never narrows, so otherwise the words that may only narrow are
 *   passed over
 * @param kind - its kind, where that is narrower than the table says
 */
export function readValue<N extends ValueName>(
  name: N,
  words: readonly Word[],
  isGiven: boolean,
  kind: ValueKind<unknown> = VALUES[name].kind,
): ValueReading<ValueOf<N>> {
  if (words.length === 0) return NOTHING_SAID;
  const { isDestination = false }: ValueSetting<unknown, unknown> = VALUES[name];
  const warnings: SettingWarning[] = [];
  const unusableDestinations: Word[] = [];
  for (const word of words) {
    const { source, said, isLoaded = false } = word;
    if (isDestination && said === '') continue;
    if (!mayWiden(word, isGiven)) {
      warnings.push(onlyNarrows(word));
      // In the environment it would turn telemetry off, which a copy of it in `.env` must not undo.
      if (isDestination && isLoaded && readAs(kind, word) === undefined) unusableDestinations.push(word);
      continue;
    }
    const value = readAs(kind, word) as ValueOf<N> | undefined;
    if (value !== undefined) return { found: { value, word }, warnings, unusableDestinations };
    warnings.push({ code: 'VALUE_INVALID', source, rule: `must be ${ruleFor(kind, word)}` });
    if (isDestination) unusableDestinations.push(word);
  }
  return { found: undefined, warnings, unusableDestinations };
}
