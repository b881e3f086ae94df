import { describeSettings, type SettingDescription } from '../src/settings/index.js';
import { code, table } from './markdown.js';

const HEADINGS = ['in code', 'in the environment', 'in a file', 'must be', 'unless set', 'what it narrows'];

/** The table of settings: what speaks for each, what it may be, what it is unless set, what it narrows. */
export function settingsSection(): string {
  return table(HEADINGS, describeSettings('<APP>').map(toRow));
}

function toRow(setting: SettingDescription): readonly string[] {
  const { name, isOption, variables, keys, fallback, narrows } = setting;
  return [
    isOption ? code(name) : '',
    list(variables),
    list(keys),
    ruleOf(setting),
    fallback === undefined ? '' : code(String(fallback)),
    narrows ?? '',
  ];
}

/** The rules of the places where the setting may stand; what is the same in all of them is said once. */
function ruleOf({ isOption, variables, keys, rules }: SettingDescription): string {
  const places: [string, string][] = [
    ...(isOption ? [['in code', rules.code] as [string, string]] : []),
    ...(variables.length > 0 ? [['in a variable', rules.variable] as [string, string]] : []),
    ...(keys.length > 0 ? [['in a file', rules.file] as [string, string]] : []),
  ];
  const distinct = new Map<string, string[]>();
  for (const [place, rule] of places) distinct.set(rule, [...(distinct.get(rule) ?? []), place]);
  if (distinct.size === 1) return places[0]![1];
  return [...distinct].map(([rule, where]) => `${where.join(' and ')} ${rule}`).join('; ');
}

const list = (names: readonly string[]) => names.map(code).join('<br>');
