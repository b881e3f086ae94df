import {
  SETTING_NAMES,
  type SettingName,
  SWITCHES,
  type SwitchName,
  type SwitchSetting,
  VALUES,
  type ValueName,
} from '../src/settings/table.js';
import { code, table } from './markdown.js';

const isSwitch = (name: SettingName): name is SwitchName => Object.hasOwn(SWITCHES, name);

/** The table of settings: what code calls them, the variables that speak for them, what they may be, what they are unset. */
export function settingsSection(): string {
  const rows = SETTING_NAMES.map((name) => (isSwitch(name) ? switchRow(name) : valueRow(name)));
  return table(['in code', 'in the environment', 'must be', 'unless set'], rows);
}

function valueRow(name: ValueName): readonly string[] {
  const { variables, kind, fallback } = VALUES[name];
  return [code(name), cell(variables), ruleOf(kind), fallback === undefined ? '' : code(String(fallback))];
}

/** A duration is milliseconds in code and seconds in a variable: then both rules count. */
function ruleOf({ rule, textRule }: { readonly rule: string; readonly textRule: string }): string {
  return rule === textRule ? rule : `${rule}; in a variable ${textRule}`;
}

function switchRow(name: SwitchName): readonly string[] {
  const { variables, kind, isOption }: SwitchSetting = SWITCHES[name];
  return [isOption ? code(name) : '', cell(variables), isOption ? ruleOf(kind) : kind.textRule, ''];
}

const cell = (variables: readonly string[]) => variables.map(code).join('<br>');
