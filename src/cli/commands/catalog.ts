import { renderDetails } from '../../consent/dialogue/index.js';
import { type CommandDefinition, JSON_OPTION } from '../command.js';
import { consentTextOf } from '../consent-text-of.js';
import { EXIT } from '../exit-status.js';
import { hintAtCode, hintAtEvents } from '../hints.js';

/** What may leave at all, told from the same rules that reduce the events. */
export const catalog: CommandDefinition = {
  name: 'catalog',
  summary: 'show everything that may be collected, field by field',
  options: [JSON_OPTION],
  run(context, { json = false }) {
    const { consent, out } = context;
    if (json) out.json(consent.catalogue());
    else out.lines(renderDetails(consentTextOf(context), out.style).trim());
    hintAtCode(context);
    hintAtEvents(context);
    return EXIT.done;
  },
};
