import { findNearName } from './near-name.js';
import type { SettingWarning } from './settings.js';
import { SETTING_NAMES, SWITCH_NAMES, variableNames } from './table.js';
import { type Environment, sourceName } from './variables.js';

/**
 * A warning for every variable that no setting reads, although it stands in the app's own name space, `<APP>__TELEMETRY__…`,
 * or is nearly the name of a switch, as `<APP>_DISABLE_TELEMTRY` is: who wrote it wanted telemetry off.
 */
export function findUnknownVariables(prefix: string, environment: Environment): readonly SettingWarning[] {
  const names = namesOfApp(prefix, environment.env);
  const dotenvNames = namesOfApp(prefix, environment.dotenv);
  // Most programs have none: they start faster without what follows.
  if (names.length === 0 && dotenvNames.length === 0) return [];
  const warn = createWarn(prefix);
  return [...names.flatMap((name) => warn(name, false)), ...dotenvNames.flatMap((name) => warn(name, true))];
}

const namesOfApp = (prefix: string, variables: Readonly<Record<string, unknown>>) =>
  Object.keys(variables).filter((name) => name.startsWith(`${prefix}_`));

/** What to say of one variable of the app: nothing, unless nobody reads it and somebody meant it for telemetry. */
function createWarn(prefix: string): (name: string, isFromDotenv: boolean) => readonly SettingWarning[] {
  const ownSpace = `${prefix}__TELEMETRY__`;
  const known = SETTING_NAMES.flatMap((name) => variableNames(name, prefix));
  const without = (space: string, names: readonly string[]) =>
    names.filter((name) => name.startsWith(space)).map((name) => name.slice(space.length));
  const settings = without(ownSpace, known);
  // Every app has variables of its own that start like this, so only a switch's name is looked for.
  const switches = without(
    `${prefix}_`,
    SWITCH_NAMES.flatMap((name) => variableNames(name, prefix)),
  ).filter((name) => !name.startsWith('_'));

  return (name, isFromDotenv) => {
    if (known.includes(name)) return [];
    const isOwn = name.startsWith(ownSpace);
    const space = isOwn ? ownSpace : `${prefix}_`;
    const near = findNearName(name.slice(space.length), isOwn ? settings : switches);
    if (!isOwn && near === undefined) return [];
    const help = near === undefined ? '' : `; did you mean ${space}${near}?`;
    return [
      {
        code: 'VARIABLE_UNKNOWN',
        source: sourceName(name, isFromDotenv),
        rule: `is no setting of this version${help}`,
      },
    ];
  };
}
