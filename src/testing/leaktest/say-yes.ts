import { type SettingName, variableNames } from '../../settings/index.js';

/** Every part of telemetry that a person can say yes to. */
const EVERYTHING: readonly SettingName[] = [
  'enabled',
  'usageAnalytics',
  'errorReporting',
  'crashReporting',
  'diagnostics',
  'toolsOverPrivacy',
];

/**
 * The variables that switch on all there is, so that the most leaves that ever can.
 *
 * @param toolsOverPrivacy - whether that second yes is said too, under which the text of a query may leave
 */
export function sayYes(prefix: string, toolsOverPrivacy: boolean): Readonly<Record<string, string>> {
  const said = (name: SettingName) => String(name !== 'toolsOverPrivacy' || toolsOverPrivacy);
  return Object.fromEntries(EVERYTHING.map((name) => [variableNames(name, prefix)[0] ?? '', said(name)]));
}
