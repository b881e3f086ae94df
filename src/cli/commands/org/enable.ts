import type { ServiceCommandDefinition } from '../../command.js';
import { EXIT } from '../../exit-status.js';
import { PLACES, withOperator } from '../../with-operator.js';
import { orgOption, requireOrg } from './org-option.js';

/** A yes for one organisation. There is none for all: each answers for itself. */
export const orgEnable: ServiceCommandDefinition = {
  name: 'org enable',
  needsApp: false,
  summary: 'allow telemetry for one organisation',
  details:
    'Give an organisation the answer yes, in its place. Its history shows that the operator did. Refused while telemetry is stopped ' +
    'for every organisation.',
  options: [orgOption('the organisation')],
  run(context, { org }) {
    const orgId = requireOrg(org, 'sotto org enable --org <id>');
    const { out, err } = context;
    return withOperator(context, async (operator) => {
      const { changed } = await operator.perform({ command: 'set_answer', orgId, telemetryEnabled: true });
      out.line(`${out.tick}Telemetry is on for ${orgId}${changed ? '' : ', as it was before'}.`);
      err.line(`Kept in ${PLACES[operator.kind]}.`);
      return EXIT.done;
    });
  },
};
