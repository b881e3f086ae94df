import type { CommandContext } from './command.js';

/**
 * Keep the person's yes, with all of what they could look up before.
 *
 * @param dryRun - a yes to recording and not to sending
 * @throws {ConsentError} `CONSENT_NOT_STORED`
 */
export function giveYes({ consent, areEventsKnown, isCodeKnown }: CommandContext, dryRun: boolean): void {
  if (areEventsKnown && isCodeKnown) consent.optIn({ dryRun });
  // Who receives it, or what it is, is known to the app alone: what it collects at its next run is what is agreed to.
  else consent.file.giveYes({ dryRun, catalogueVersion: undefined });
}
