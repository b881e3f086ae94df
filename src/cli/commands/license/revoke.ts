import type { ServiceCommandDefinition } from '../../command.js';
import { EXIT } from '../../exit-status.js';
import { withOperator } from '../../with-operator.js';
import { LICENSE_ARGUMENT, toLicenseId } from './license-argument.js';

/** Take a licence back, for good. */
export const licenseRevoke: ServiceCommandDefinition = {
  name: 'license revoke',
  needsApp: false,
  summary: 'take a licence back: the vendor service refuses its reports at once',
  details:
    'Take a licence back, for good. The vendor service refuses its reports from now on; the collector of the customer learns it with its ' +
    'next report or, at the latest, when it asks about the licence again (LICENSE_CACHE_TTL_SECONDS).',
  argument: LICENSE_ARGUMENT,
  run(context, { args }) {
    const { out, err } = context;
    return withOperator(
      context,
      async (operator) => {
        const { changed } = await operator.perform({
          command: 'revoke_license',
          licenseId: toLicenseId(args),
        });
        if (changed) {
          out.line(`${out.tick}The licence is revoked.`);
          return EXIT.done;
        }
        err.line('There is no such licence, or it was revoked before. `sotto license list` shows them all.');
        return EXIT.failed;
      },
      'vendor',
    );
  },
};
