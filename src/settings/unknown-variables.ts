import { findNearName } from './near-name.js';
import type { SettingWarning } from './settings.js';
import { SETTING_NAMES, SWITCH_NAMES, variableNames } from './table.js';
import { type Environment, sourceName } from './variables.js';

/**
 * A warning for every variable that no setting reads, although it stands in the app's own name space, `<APP>__TELEMETRY__…`,
 * or is nearly the name of a switch, as `<APP>_DISABLE_TELEMTRY` is: who wrote it wanted telemetry off.
 */
export function findUnknownVariables(prefix: string, environment: Environment): readonly SettingWarning[] {
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
  const nearSwitch = (name: string) =>
    name.startsWith(`${prefix}_`) ? findNearName(name.slice(prefix.length + 1), switches) : undefined;
  const isOwn = (name: string) => name.startsWith(ownSpace) || nearSwitch(name) !== undefined;

  const warn = (name: string, isFromDotenv: boolean): SettingWarning => {
    const space = name.startsWith(ownSpace) ? ownSpace : `${prefix}_`;
    const near = findNearName(name.slice(space.length), space === ownSpace ? settings : switches);
    const help = near === undefined ? '' : `; did you mean ${space}${near}?`;
    return {
      code: 'VARIABLE_UNKNOWN',
      source: sourceName(name, isFromDotenv),
      rule: `is no setting of this version${help}`,
    };
  };
  const unknownIn = (variables: Readonly<Record<string, unknown>>) =>
    Object.keys(variables).filter((name) => isOwn(name) && !known.includes(name));
  return [
    ...unknownIn(environment.env).map((name) => warn(name, false)),
    ...unknownIn(environment.dotenv).map((name) => warn(name, true)),
  ];
}
