import type { ServiceCommandDefinition } from '../../command.js';
import { EXIT, UsageError } from '../../exit-status.js';
import { toExpiry } from '../../to-expiry.js';
import { PLACES, withOperator } from '../../with-operator.js';
import { orgOption, requireOrg } from './org-option.js';

/** What an organisation, or a team of it, shows to the settings service. Only a hash of it is kept. */
export const orgTokenCreate: ServiceCommandDefinition = {
  name: 'org token create',
  needsApp: false,
  summary: 'make a token for an organisation, or a team of it',
  details:
    'Make a token by which an organisation, or a team of it, sees its settings and with --scope admin changes them. Makes the ' +
    'organisation and the team known. Prints the token alone on standard output: it is shown this once.',
  options: [
    orgOption('the organisation'),
    { flags: '--team <id>', description: 'the team that it is for; the organisation itself unless given' },
    { flags: '--scope <scope>', description: 'read, or admin to change the settings too; read unless given' },
    { flags: '--expires-days <n>', description: 'days until it opens nothing any more; never unless given' },
  ],
  run(context, { org, team, scope = 'read', expiresDays }) {
    const orgId = requireOrg(org, 'sotto org token create --org <id>');
    const expiresAtMs = toExpiry(expiresDays, Date.now());
    const named = { orgId, teamNodeId: team ?? null, scope: toScope(scope), expiresAtMs };
    const { out, err } = context;
    return withOperator(context, async (operator) => {
      const { token, text } = await operator.perform({ command: 'create_token', ...named });
      out.raw(`${text}\n`);
      err.line(
        `Token ${token.tokenId}, ${token.expiresAt === null ? 'for good' : `until ${token.expiresAt}`}.`,
      );
      err.line('It is shown this once: keep it where you keep secrets.');
      err.line(`To take it back, run \`sotto org token revoke ${token.tokenId}\`.`);
      err.line(`Kept in ${PLACES[operator.kind]}.`);
      return EXIT.done;
    });
  },
};

/** @throws {UsageError} */
function toScope(typed: string): 'read' | 'admin' {
  if (typed === 'read' || typed === 'admin') return typed;
  throw new UsageError('The value of --scope must be read or admin.');
}
