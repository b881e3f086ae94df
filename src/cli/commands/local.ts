import type { CommandDefinition } from '../command.js';
import { EXIT } from '../exit-status.js';
import { giveYes } from '../give-yes.js';
import { explainHeldBack } from '../held-back.js';

/** A yes to seeing, and not to sending. Nothing leaves, so nobody is asked. */
export const local: CommandDefinition = {
  name: 'local',
  summary: 'record events for you to see, and send nothing',
  run(context) {
    const { name, out, err } = context;
    giveYes(context, true);
    out.line(`${out.tick}Events are recorded for you to see, and never sent.`);
    err.line(`To see them, run \`${name} show-data\`.`);
    explainHeldBack(context, 'local');
    return EXIT.done;
  },
};
