import type { CommandContext } from './command.js';

/**
 * Keep the person's yes, with the version of what they could look up before.
 *
 * @param dryRun - a yes to recording and not to sending
 * @throws {ConsentError} `CONSENT_NOT_STORED`
 */
export function giveYes({ consent, areEventsKnown }: CommandContext, dryRun: boolean): void {
  if (areEventsKnown) consent.optIn({ dryRun });
  // The events of the app are not known here, so it is not known either what is agreed to; the app may ask again.
  else consent.file.giveYes({ dryRun, catalogueVersion: undefined });
}
