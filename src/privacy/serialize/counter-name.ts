import { isLabelLike } from './safe-text.js';

declare const counterName: unique symbol;

/** What something is counted under. Only this folder can make one. */
export type CounterName = string & { readonly [counterName]: true };

/**
 * The name to count a feature, a hook or an event under: without the white space around it, in lower case.
 *
 * @returns undefined for what is no string, is empty, or is more than a label: over 64 characters, with white space inside, or with
 *   something in it that identifies or names a place. It may be somebody's own words then
 */
export function toCounterName(text: unknown): CounterName | undefined {
  if (typeof text !== 'string') return undefined;
  const spelled = text.trim();
  const name = spelled.toLowerCase();
  // As it is spelled too: a key whose letters tell what it is must not pass because they were changed.
  return name !== '' && isLabelLike(spelled) && isLabelLike(name) ? (name as CounterName) : undefined;
}
