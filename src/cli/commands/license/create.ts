import type { ServiceCommandDefinition } from '../../command.js';
import { EXIT, UsageError } from '../../exit-status.js';
import { toExpiry } from '../../to-expiry.js';
import { PLACES, withOperator } from '../../with-operator.js';

const UNLIMITED = -1;

/** What a customer's collector shows to the vendor service. Only a hash of it is kept. */
export const licenseCreate: ServiceCommandDefinition = {
  name: 'license create',
  needsApp: false,
  summary: 'make a licence for a customer',
  details:
    'Make a licence, by which the collector of a customer sends its reports and the product learns what it may do. Prints the key alone ' +
    'on standard output: it is shown this once. A customer may have several, so that a key can be replaced before the old one is revoked.',
  options: [
    {
      flags: '--customer <id>',
      description: 'the customer, as its reports name it: letters and digits, and - and _ behind the first',
    },
    { flags: '--name <name>', description: 'the name of the customer, for people; its id unless given' },
    { flags: '--expires-days <n>', description: 'days until it is over; never unless given' },
    { flags: '--max-teams <n>', description: 'how many teams it allows; any number unless given' },
    { flags: '--max-runs-per-month <n>', description: 'how many runs it allows; any number unless given' },
    { flags: '--features <list>', description: 'what else it allows, with commas between' },
  ],
  run(context, { customer, name, expiresDays, maxTeams, maxRunsPerMonth, features }) {
    if (customer === undefined)
      throw new UsageError('Say whose licence it is: `sotto license create --customer <id>`.');
    const named = {
      customerId: customer,
      customerName: name ?? customer,
      expiresAtMs: toExpiry(expiresDays, Date.now()),
      entitlements: {
        max_teams: toLimit(maxTeams, '--max-teams'),
        max_runs_per_month: toLimit(maxRunsPerMonth, '--max-runs-per-month'),
        features: toFeatures(features),
      },
    };
    const { out, err } = context;
    return withOperator(
      context,
      async (operator) => {
        const { license, text } = await operator.perform({ command: 'create_license', ...named });
        out.raw(`${text}\n`);
        err.line(
          `Licence ${license.licenseId}, ${license.expiresAt === null ? 'for good' : `until ${license.expiresAt}`}.`,
        );
        err.line(
          'It is shown this once: hand it over as VENDOR_LICENSE_KEY, and keep it where you keep secrets.',
        );
        err.line(`To take it back, run \`sotto license revoke ${license.licenseId}\`.`);
        err.line(`Kept in ${PLACES[operator.kind]}.`);
        return EXIT.done;
      },
      'vendor',
    );
  },
};

/** @throws {UsageError} */
function toLimit(typed: string | undefined, option: string): number {
  if (typed === undefined) return UNLIMITED;
  if (/^\d{1,12}$/.test(typed)) return Number(typed);
  throw new UsageError(
    `The value of ${option} must be a whole number. Leave it out where there is no limit.`,
  );
}

/** @throws {UsageError} */
function toFeatures(typed: string | undefined): readonly string[] {
  if (typed === undefined) return [];
  const features = [...new Set(typed.split(',').map((feature) => feature.trim()))];
  if (features.every((feature) => /^[\w.-]{1,64}$/.test(feature)) && features.length <= 64) return features;
  throw new UsageError(
    'The value of --features must be names of up to 64 letters, digits, dots, hyphens or underscores, with commas between.',
  );
}
