import { formatFacts } from '../../columns.js';
import { JSON_OPTION, type ServiceCommandDefinition } from '../../command.js';
import { EXIT } from '../../exit-status.js';
import { withOperator } from '../../with-operator.js';
import { toFacts, toReport } from './describe.js';
import { LICENSE_ARGUMENT, toLicenseId } from './license-argument.js';

/** Everything about one licence but its key. */
export const licenseShow: ServiceCommandDefinition = {
  name: 'license show',
  needsApp: false,
  summary: 'show what a licence allows, and until when',
  argument: LICENSE_ARGUMENT,
  options: [JSON_OPTION],
  run: (context, { args, json = false }) =>
    withOperator(
      context,
      async (operator) => {
        const { out } = context;
        const { license } = await operator.perform({ command: 'show_license', licenseId: toLicenseId(args) });
        if (json) out.json(toReport(license));
        else out.lines(formatFacts([toFacts(license)], out.width));
        return EXIT.done;
      },
      'vendor',
    ),
};
