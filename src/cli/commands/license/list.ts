import { formatFacts } from '../../columns.js';
import { JSON_OPTION, type ServiceCommandDefinition } from '../../command.js';
import { EXIT } from '../../exit-status.js';
import { withOperator } from '../../with-operator.js';
import { toFact, toReport } from './describe.js';

/** Which licences there are. Never a key: nobody has it but who was given it. */
export const licenseList: ServiceCommandDefinition = {
  name: 'license list',
  needsApp: false,
  summary: 'show which licences were made, and for whom',
  options: [{ flags: '--customer <id>', description: 'of this customer alone' }, JSON_OPTION],
  run: (context, { customer, json = false }) =>
    withOperator(
      context,
      async (operator) => {
        const { out } = context;
        const { licenses } = await operator.perform({
          command: 'list_licenses',
          customerId: customer ?? null,
        });
        if (json) out.json(licenses.map(toReport));
        else if (licenses.length === 0) out.line('There are no licences.');
        else out.lines(formatFacts([licenses.map(toFact)], out.width));
        return EXIT.done;
      },
      'vendor',
    ),
};
