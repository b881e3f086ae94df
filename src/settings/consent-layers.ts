import type { ConsentBasis } from './options.js';
import type { SwitchReading } from './read-switch.js';
import type { ConsentLayer, ConsentLayerName } from './settings.js';
import type { SwitchName } from './table.js';
import type { FoundVariable } from './variables.js';

/** What consent depends on, as far as the environment and the options say it. */
export interface ConsentFindings {
  readonly switches: Readonly<Record<SwitchName, SwitchReading>>;
  readonly basis: ConsentBasis;
  readonly unusableDestinations: readonly FoundVariable[];
  /** There is a `.env`, and nobody knows what it says. */
  readonly isDotenvUnreadable: boolean;
}

/** What every place says about consent, a layer for each. Nothing is weighed here: an off and a yes may stand side by side. */
export function toConsentLayers({
  switches,
  basis,
  unusableDestinations,
  isDotenvUnreadable,
}: ConsentFindings): readonly ConsentLayer[] {
  const { disableTelemetry, doNotTrack, enabled, dryRun } = switches;
  return [
    ...disableTelemetry.yes.map((found) => layer('off', 'disable_variable', found, unset(found))),
    ...doNotTrack.yes.map((found) => layer('off', 'do_not_track', found, unset(found))),
    ...enabled.no.map((found) => layer('off', 'enabled_variable', found, enable(found))),
    ...unusableDestinations.map((found) => layer('off', 'destination_invalid', found, correct(found))),
    ...(isDotenvUnreadable ? [DOTENV_UNREADABLE] : []),
    ...dryRun.yes.map((found) => layer('local', 'dry_run_variable', found, unset(found))),
    ...enabled.yes.map((found) => layer('yes', 'enabled_variable', found, unset(found))),
    ...(enabled.option === false ? [ENABLED_OPTION] : []),
    ...(dryRun.option === true ? [DRY_RUN_OPTION] : []),
    ...(basis === 'given' ? [GIVEN] : []),
  ];
}

const DOTENV_UNREADABLE: ConsentLayer = {
  kind: 'off',
  layer: 'dotenv_unreadable',
  source: '.env',
  fix: 'Make the .env file in the working directory readable and smaller than 64 KB, or start the program elsewhere.',
};

const ENABLED_OPTION: ConsentLayer = {
  kind: 'off',
  layer: 'enabled_option',
  source: 'enabled',
  fix: 'Remove enabled: false from the options in code.',
};

const DRY_RUN_OPTION: ConsentLayer = {
  kind: 'local',
  layer: 'dry_run_option',
  source: 'dryRun',
  fix: 'Remove dryRun: true from the options in code.',
};

const GIVEN: ConsentLayer = {
  kind: 'yes',
  layer: 'given',
  source: 'consent',
  fix: 'Set DISABLE_TELEMETRY=1 to turn telemetry off.',
};

function layer(
  kind: ConsentLayer['kind'],
  name: ConsentLayerName,
  { source }: FoundVariable,
  fix: string,
): ConsentLayer {
  return { kind, layer: name, source, fix };
}

const DOTENV_FILE = 'the .env file in the working directory';

const unset = ({ name, isFromDotenv }: FoundVariable) =>
  isFromDotenv ? `Remove ${name} from ${DOTENV_FILE}.` : `Unset ${name}.`;

// A yes in `.env` may not count, whereas removing the line always takes the no away.
const enable = (found: FoundVariable) => (found.isFromDotenv ? unset(found) : `Set ${found.name}=true.`);

const correct = ({ name, isFromDotenv }: FoundVariable) =>
  isFromDotenv ? `Correct ${name} in ${DOTENV_FILE}, or remove it there.` : `Correct ${name}, or unset it.`;
