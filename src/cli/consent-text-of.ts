import { type ConsentText, consentText } from '../consent/dialogue/index.js';
import type { CommandContext } from './command.js';
import { toShownHost } from './shown-host.js';

/** What a person is told before they agree, from what is known of the app. Always a question, never a notice. */
export function consentTextOf({ consent, name, areEventsKnown }: CommandContext): ConsentText {
  const input = consent.textInput();
  const untyped = input.untyped || !areEventsKnown;
  return consentText({ ...input, host: toShownHost(input.host), basis: 'opt-in', command: name, untyped });
}
