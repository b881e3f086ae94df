import type { ConsentLayer, ConsentLayerName } from '../settings/index.js';
import type { ConsentReason, Mode } from './decision.js';

/**
 * What each layer says, in words. The order is the order of weight: when several layers of one kind speak, the first
 * one here is named, so a user's own word is named before the program's.
 */
const WORDS: Readonly<Record<ConsentLayerName, (source: string) => string>> = {
  disable_variable: (source) => `${source} says so`,
  do_not_track: (source) => `${source} says so`,
  enabled_variable: (source) => `${source} says so`,
  destination_invalid: (source) => `${source} cannot be used, and nothing goes anywhere else`,
  dotenv_unreadable: (source) => `${source} cannot be read, and it may say no`,
  enabled_option: (source) => `the program sets ${source} to false`,
  dry_run_variable: (source) => `${source} asks for a dry run`,
  dry_run_option: () => 'the program asks for a dry run',
  given: () => 'whoever runs this program has agreed to it',
};

/** Layer names, the weightiest first. */
export const PRIORITY = Object.keys(WORDS) as readonly ConsentLayerName[];

const OPENINGS: Readonly<Record<Mode, string>> = {
  off: 'Telemetry is off',
  local: 'Events are recorded for you to see and never sent',
  on: 'Telemetry is on',
};

/** The reason for a mode, told of the layer that decided it. */
export function toReason(mode: Mode, { layer, source, fix }: ConsentLayer): ConsentReason {
  return { layer, source, message: `${OPENINGS[mode]}: ${WORDS[layer](source)}.`, fix };
}
