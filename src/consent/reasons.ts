import type { ConsentLayer, ConsentLayerName, ConsentSwitch } from '../settings/index.js';
import type { ConsentReason, Mode } from './decision.js';

/**
 * What each layer says, in words. The order is the order of weight: when several layers of one kind speak, the first
 * one here is named. It goes by what helps the person most to know:
 *
 * 1. what they said themselves, the most deliberate first: for this run, for this shell, for good. They should see that
 *    it is heard, whatever others say beside it;
 * 2. what others decided for them: the project, the machine, the program's own configuration;
 * 3. files that may say no, and cannot be read;
 * 4. where the program runs, and what its code says: true until somebody says otherwise;
 * 5. what happened while it ran.
 *
 * It decides which reason is told, never what is decided: behind a reason that was taken away the next one shows.
 */
const WORDS: Readonly<Record<ConsentLayerName, (source: string) => string>> = {
  run_flag: (source) => `this run was started with ${source}`,
  disable_variable: (source) => `${source} says so`,
  do_not_track: (source) => `${source} says so`,
  enabled_variable: (source) => `${source} says so`,
  switch_variable: (source) => `${source} says so`,
  dry_run_variable: (source) => `${source} asks for a dry run`,
  consent_file: (source) => `the answer kept in ${source} says so`,
  marker_file: (source) => `${source} is there to say so`,
  user_config: (source) => `the user's settings say so in ${source}`,
  project_policy: (source) => `the project says so in ${source}`,
  machine_policy: (source) => `whoever runs this machine says so in ${source}`,
  app_config: (source) => `the program's settings say so in ${source}`,
  umbrella_flag: (source) => `${source} is not true`,
  crash_flag: (source) => `${source} is not true`,
  consent_file_unreadable: (source) => `${source} cannot be understood, and it may hold a no`,
  file_unreadable: (source) => `${source} cannot be read, and it may say no`,
  dotenv_unreadable: (source) => `${source} cannot be read, and it may say no`,
  ci: (source) => `this is a job of a build server (${source})`,
  test_environment: (source) => `this is a test or a development environment (${source})`,
  agent: (source) => `an agent runs this program (${source})`,
  destination_invalid: (source) => `${source} cannot be used, and nothing goes anywhere else`,
  enabled_option: (source) => `the program sets ${source} to false`,
  switch_option: (source) => `the program says so with ${source}`,
  dry_run_option: () => 'the program asks for a dry run',
  notice: () => 'the notice about it was shown in an earlier run, and nobody has said no',
  given: () => 'whoever runs this program has agreed to it',
  store_unusable: () => 'what is recorded could not be kept for you to see',
};

/** Layer names, the weightiest first. */
export const PRIORITY = Object.keys(WORDS) as readonly ConsentLayerName[];

const OPENINGS: Readonly<Record<Mode, string>> = {
  off: 'Telemetry is off',
  local: 'Events are recorded for you to see and never sent',
  on: 'Telemetry is on',
};

const SUBJECTS: Readonly<Record<ConsentSwitch, string>> = {
  usageAnalytics: 'Usage analytics are',
  errorReporting: 'Error reporting is',
  crashReporting: 'Crash reporting is',
  diagnostics: 'Diagnostics are',
  toolsOverPrivacy: 'Tools over privacy is',
};

/** The reason for a mode, told of the layer that decided it. */
export function toReason(mode: Mode, layer: ConsentLayer): ConsentReason {
  return tell(OPENINGS[mode], layer);
}

/** The reason why a part of telemetry is enabled or not, told of the layer that decided it. */
export function toSwitchReason(name: ConsentSwitch, enabled: boolean, layer: ConsentLayer): ConsentReason {
  return tell(`${SUBJECTS[name]} ${enabled ? 'on' : 'off'}`, layer);
}

/** Nobody has spoken about a part of telemetry that needs a yes of its own. */
export function toNotChosenReason(name: ConsentSwitch, fix: string): ConsentReason {
  const message = `${SUBJECTS[name]} off: this needs a yes of its own.`;
  return { layer: 'switch_not_chosen', source: name, message, fix };
}

function tell(opening: string, { layer, source, fix }: ConsentLayer): ConsentReason {
  return { layer, source, message: `${opening}: ${WORDS[layer](source)}.`, fix };
}
