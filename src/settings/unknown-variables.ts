import { findNearName } from './near-name.js';
import type { SettingWarning } from './settings.js';
import { SETTING_NAMES, variableNames } from './table.js';
import { type Environment, sourceName } from './variables.js';

/** A warning for every variable in the app's own name space, `<APP>__TELEMETRY__…`, that no setting reads. */
export function findUnknownVariables(prefix: string, environment: Environment): readonly SettingWarning[] {
  const ownSpace = `${prefix}__TELEMETRY__`;
  const isOwn = (name: string) => name.startsWith(ownSpace);
  const known = SETTING_NAMES.flatMap((name) => variableNames(name, prefix)).filter(isOwn);
  const withoutSpace = known.map((name) => name.slice(ownSpace.length));

  const warn = (name: string, isFromDotenv: boolean): SettingWarning => {
    const near = findNearName(name.slice(ownSpace.length), withoutSpace);
    const help = near === undefined ? '' : `; did you mean ${ownSpace}${near}?`;
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
