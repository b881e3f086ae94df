import { allowHttp, isPlainHttp } from './plain-http.js';
import type { SwitchReading } from './read-switch.js';
import type { ConsentLayer, ConsentLayerName } from './settings.js';
import type { Surrounding } from './surroundings.js';
import { toSwitchLayers } from './switch-layers.js';
import { SWITCH_NAMES, type SwitchName, variableNames } from './table.js';
import type { Word } from './word.js';

/** What consent depends on outside of code and of files, as far as it cannot change while the process runs. */
export interface ConsentFindings {
  readonly prefix: string;
  /** What the environment and `.env` say to each switch. */
  readonly switches: Readonly<Record<SwitchName, SwitchReading>>;
  readonly unusableDestinations: readonly Word[];
  /** There is a `.env`, and nobody knows what it says. */
  readonly isDotenvUnreadable: boolean;
  readonly surroundings: readonly Surrounding[];
}

/** What every place says about consent, a layer for each. Nothing is weighed here: an off and a yes may stand side by side. */
export function toConsentLayers(findings: ConsentFindings): readonly ConsentLayer[] {
  const { prefix, switches, unusableDestinations, isDotenvUnreadable } = findings;
  return [
    ...SWITCH_NAMES.flatMap((name) => toSwitchLayers(name, switches[name], LAYERS[name])),
    ...unusableDestinations.map((word) => toDestinationLayer(word, prefix)),
    ...(isDotenvUnreadable ? [DOTENV_UNREADABLE] : []),
    ...toSurroundingLayers(findings),
  ];
}

const LAYERS: Readonly<Record<SwitchName, ConsentLayerName>> = {
  disableTelemetry: 'disable_variable',
  doNotTrack: 'do_not_track',
  enabled: 'enabled_variable',
  dryRun: 'dry_run_variable',
  usageAnalytics: 'switch_variable',
  errorReporting: 'switch_variable',
  crashReporting: 'switch_variable',
  diagnostics: 'switch_variable',
  toolsOverPrivacy: 'switch_variable',
};

const DOTENV_UNREADABLE: ConsentLayer = {
  kind: 'off',
  about: 'telemetry',
  layer: 'dotenv_unreadable',
  source: '.env',
  fix: 'Make the .env file in the working directory readable and smaller than 64 KB, or start the program elsewhere.',
};

function toDestinationLayer(word: Word, prefix: string): ConsentLayer {
  const { source } = word;
  const fix = isPlainHttp(word, prefix) ? secure(word, prefix) : correct(word);
  return { kind: 'off', about: 'telemetry', layer: 'destination_invalid', source, fix };
}

const correct = ({ name, file }: Word) =>
  file === undefined ? `Correct ${name}, or unset it.` : `Correct ${name} in ${file}, or remove it there.`;

const secure = ({ name, file }: Word, prefix: string) =>
  `Use https in ${file === undefined ? name : `${name} in ${file}`}, or set ${allowHttp(prefix)}.`;

/** Where no person works with the program, only a yes in the environment itself counts. */
function toSurroundingLayers({ prefix, switches, surroundings }: ConsentFindings): readonly ConsentLayer[] {
  if (switches.enabled.yes.some(({ place }) => place === 'environment')) return [];
  const fix = `Set ${variableNames('enabled', prefix)[0]}=true.`;
  return surroundings.map(({ kind, source }) => ({
    kind: 'off',
    about: 'telemetry',
    layer: kind,
    source,
    fix,
  }));
}
