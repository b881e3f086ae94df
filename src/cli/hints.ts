import { findConfigPlaces, readFlagsFile } from '../settings/index.js';
import type { CommandContext } from './command.js';

/** The `sotto` program sees what stands on the machine, and not what an app says in code. */
export function hintAtCode({ consent, err, isCodeKnown }: CommandContext): void {
  if (isCodeKnown) return;
  const { app } = consent.settings;
  err.line(`What ${app} sets in its own code is not known here, such as where its events go.`);
  const flags = readFlagsFile(findConfigPlaces({ app, umbrellaFlag: true }));
  if (flags !== undefined && flags.status !== 'absent' && !flags.flags.enable_observability)
    err.line(
      `If ${app} stands under its flag it records nothing: features.enable_observability in ${flags.shown} is not true.`,
    );
}

/** Where nobody has said which events there are, none can be shown. */
export function hintAtEvents({ consent, err, areEventsKnown }: CommandContext): void {
  if (areEventsKnown) return;
  const { app } = consent.settings;
  err.line(`To see the events of ${app}, name the module that declares them: --events ./dist/events.js`);
}
