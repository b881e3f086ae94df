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

/** The switches, by what their variables end with. */
const ENDINGS = SWITCH_NAMES.flatMap((name) => {
  const { variables, kind, strict } = SWITCHES[name];
  return variables.map((variable) => ({ ending: variable.replace('<APP>', ''), kind, strict }));
});

/** Whether a switch says what it would count as in doubt. The case of its name does not count, as it does not on Windows. */
function isStrict(name: string, text: string): boolean {
  const setting = ENDINGS.find(({ ending }) => name.toUpperCase().endsWith(ending));
  return setting !== undefined && (setting.kind.fromText(text.trim()) ?? setting.strict) === setting.strict;
}
