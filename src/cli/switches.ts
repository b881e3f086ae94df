import { CONSENT_SWITCHES, toSwitchWord } from '../consent/index.js';
import type { ConsentSwitch } from '../settings/index.js';
import type { ArgumentDefinition } from './command.js';

interface SwitchWords {
  readonly label: string;
  /** What it allows. */
  readonly about: string;
}

/** The parts of telemetry that can be decided one by one, in words. */
export const SWITCH_WORDS: Readonly<Record<ConsentSwitch, SwitchWords>> = {
  usageAnalytics: {
    label: 'Usage analytics',
    about: 'Events that say what the program is used for.',
  },
  errorReporting: {
    label: 'Error reporting',
    about: 'Events that say which kinds of errors occur.',
  },
  crashReporting: {
    label: 'Crash reporting',
    about: 'Reports of crashes, without names, paths and messages.',
  },
  diagnostics: {
    label: 'Diagnostics',
    about: 'Facts about this installation that help to find a fault.',
  },
  toolsOverPrivacy: {
    label: 'Tools over privacy',
    about: 'Adds to events what their fields declare for it, such as a redacted text beside its length.',
  },
};

/** An argument that names switches as a person types them: `tools-over-privacy`. */
export function switchArgument(syntax: string, description: string): ArgumentDefinition {
  return { syntax, description, choices: CONSENT_SWITCHES.map(toSwitchWord) };
}

/** The switches that were typed. The command line has seen to it that there are no other words. */
export function toSwitches(words: readonly string[]): readonly ConsentSwitch[] {
  return CONSENT_SWITCHES.filter((name) => words.includes(toSwitchWord(name)));
}
