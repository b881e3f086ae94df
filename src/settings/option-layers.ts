import { type CodeOptions, optionSwitch, optionValue } from './code-options.js';
import type { ConsentLayer, ConsentLayerName } from './settings.js';
import { MEANINGS, TURN_OFF } from './switch-layers.js';
import { SWITCH_NAMES, type SwitchName } from './table.js';

/**
 * What code says about consent, a layer for each option. A yes in code is one only under `consent: 'given'`, where the
 * operator has agreed.
 *
 * @throws {ConfigError} `OPTION_INVALID` for an option that breaks its rule
 */
export function toOptionLayers(code: CodeOptions): readonly ConsentLayer[] {
  const isGiven = optionValue(code, 'consent') === 'given';
  const runFlag = optionValue(code, 'runFlag');
  return [
    ...(runFlag === undefined ? [] : [ranWith(runFlag)]),
    ...SWITCH_NAMES.flatMap((name) => toSwitchLayer(name, optionSwitch(code, name), isGiven)),
    ...(isGiven ? [GIVEN] : []),
  ];
}

function toSwitchLayer(name: SwitchName, said: boolean | undefined, isGiven: boolean): ConsentLayer[] {
  if (said === undefined) return [];
  const { about, yes, no } = MEANINGS[name];
  const kind = said ? yes : no;
  // `enabled: true` says nothing even there: `given` is the operator's yes.
  if (kind === undefined || (kind === 'yes' && (!isGiven || about === 'telemetry'))) return [];
  const fix = `Remove ${name}: ${said} from the options in code.`;
  return [{ kind, about, layer: LAYERS[name] ?? 'switch_option', source: name, fix }];
}

const LAYERS: Readonly<Partial<Record<SwitchName, ConsentLayerName>>> = {
  enabled: 'enabled_option',
  dryRun: 'dry_run_option',
};

function ranWith(flag: string): ConsentLayer {
  const fix = `Run it again without ${flag}.`;
  return { kind: 'off', about: 'telemetry', layer: 'run_flag', source: flag, fix };
}

const GIVEN: ConsentLayer = {
  kind: 'yes',
  about: 'telemetry',
  layer: 'given',
  source: 'consent',
  fix: TURN_OFF,
};
