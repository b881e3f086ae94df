import { toShownPath } from '../../internal/index.js';
import { listSessions } from '../../store/index.js';
import type { CommandContext, CommandDefinition } from '../command.js';
import { EXIT } from '../exit-status.js';
import { SWITCH_WORDS, switchArgument, toSwitches } from '../switches.js';

/** A no, kept for good. It is done at once: nobody has to confirm that they want to be left alone. */
export const disable: CommandDefinition = {
  name: 'disable',
  summary: 'stop telemetry, or one part of it, for good',
  details:
    'Stop telemetry, or one part of it, for good. Without a part: nothing is recorded or sent from now on, by programs that ' +
    'run already neither; what waits to be sent is given up, and the ids and the secret of this installation are erased.',
  argument: switchArgument('[switches...]', 'parts to stop; all of telemetry unless given'),
  run(context, { args }) {
    return args.length === 0 ? optOut(context) : disableParts(context, args);
  },
};

function optOut({ consent, name, out, err }: CommandContext): number {
  const isErased = consent.optOut();
  out.line(`${out.tick}Telemetry disabled. Nothing is recorded or sent any more.`);
  if (!isErased) {
    const place = toShownPath(consent.directory ?? '');
    err.line(`Ids or the secret of this installation could not be erased. Delete the files in ${place}.`);
    return EXIT.failed;
  }
  if (listSessions(consent.directory).length > 0)
    err.line(`What was recorded is kept for you to see. To delete it, run \`${name} clear-data\`.`);
  return EXIT.done;
}

function disableParts({ consent, out }: CommandContext, words: readonly string[]): number {
  for (const part of toSwitches(words)) {
    consent.file.setSwitch(part, false);
    out.line(`${out.tick}${SWITCH_WORDS[part].label} disabled.`);
  }
  return EXIT.done;
}
