import { type Fact, formatFacts } from '../columns.js';
import { type CommandDefinition, JSON_OPTION } from '../command.js';
import { EXIT } from '../exit-status.js';
import { hintAtCode } from '../hints.js';
import { readSettings, type ShownSetting } from '../read-settings.js';

/** Every setting with its present value, and where that came from. */
export const settings: CommandDefinition = {
  name: 'settings',
  summary: 'show every setting, its value and where that came from',
  options: [JSON_OPTION],
  run(context, { json = false }) {
    const { out } = context;
    const shown = readSettings(context);
    if (json) out.json(shown);
    else out.lines(formatFacts([shown.map(toFact)], out.width));
    hintAtCode(context);
    return EXIT.done;
  },
};

function toFact({ name, value, origin }: ShownSetting): Fact {
  return [name, `${value ?? 'not set'} (${origin})`];
}
