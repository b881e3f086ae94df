import { SWITCH_NAMES, SWITCHES } from './table.js';
import { type Environment, isLoaded } from './variables.js';

/**
 * The environment as it may be handed on to a process that knows nothing of `.env`: there, what a program loaded from it would
 * count as the machine's own word, and so would a library to load or a certificate to trust. It is left out, but for a switch
 * of any app that says the stricter of its two answers.
 */
export function toOwnVariables(environment: Environment): Record<string, string> {
  const own = Object.entries(environment.env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && (!isLoaded(entry[0], entry[1], environment) || isStrict(entry[0], entry[1])),
  );
  return Object.fromEntries(own);
}

/** Whether a switch says what it would count as in doubt. The case of its name does not count, as it does not on Windows. */
function isStrict(name: string, text: string): boolean {
  const upper = name.toUpperCase();
  const isNamed = (variable: string) => upper.endsWith(variable.replace('<APP>', ''));
  const found = SWITCH_NAMES.find((switchName) => SWITCHES[switchName].variables.some(isNamed));
  if (found === undefined) return false;
  const { kind, strict } = SWITCHES[found];
  return (kind.fromText(text.trim()) ?? strict) === strict;
}
