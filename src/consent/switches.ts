import type { ConsentSwitch } from '../settings/index.js';

const WORDS: Readonly<Record<ConsentSwitch, string>> = {
  usageAnalytics: 'usage-analytics',
  errorReporting: 'error-reporting',
  crashReporting: 'crash-reporting',
  diagnostics: 'diagnostics',
  toolsOverPrivacy: 'tools-over-privacy',
};

/** The parts of telemetry that are decided one by one, in the order in which they are shown. */
export const CONSENT_SWITCHES = Object.keys(WORDS) as readonly ConsentSwitch[];

/** How a person writes a switch on the command line: `tools-over-privacy`. */
export function toSwitchWord(name: ConsentSwitch): string {
  return WORDS[name];
}
