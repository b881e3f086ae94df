import type { OperatorResult } from 'sotto/server';
import { type Fact, formatFacts } from '../../columns.js';
import { JSON_OPTION, type ServiceCommandDefinition } from '../../command.js';
import { EXIT } from '../../exit-status.js';
import { withOperator } from '../../with-operator.js';
import { orgOption } from './org-option.js';

/** Which tokens there are, and what each opens. Never a token itself: nobody has it but who was given it. */
export const orgTokenList: ServiceCommandDefinition = {
  name: 'org token list',
  needsApp: false,
  summary: 'show which tokens were made, and what they open',
  options: [orgOption('of this organisation alone'), JSON_OPTION],
  run: (context, { org, json = false }) =>
    withOperator(context, async (operator) => {
      const { out } = context;
      const { tokens } = await operator.perform({ command: 'list_tokens', orgId: org ?? null });
      if (json) out.json(tokens.map(toReport));
      else if (tokens.length === 0) out.line('There are no tokens.');
      else out.lines(formatFacts([tokens.map(toFact)], out.width));
      return EXIT.done;
    }),
};

type Token = OperatorResult<'list_tokens'>['tokens'][number];

function toReport({ tokenId, orgId, teamNodeId, scope, createdAt, expiresAt, revokedAt }: Token): object {
  return {
    token_id: tokenId,
    org_id: orgId,
    team_node_id: teamNodeId,
    scope,
    created_at: createdAt,
    expires_at: expiresAt,
    revoked_at: revokedAt,
  };
}

function toFact({ tokenId, orgId, teamNodeId, scope, createdAt, expiresAt, revokedAt }: Token): Fact {
  const parts = [
    teamNodeId === null ? orgId : `${orgId}, team ${teamNodeId}`,
    scope,
    `made ${createdAt}`,
    ...(expiresAt === null ? [] : [`until ${expiresAt}`]),
    ...(revokedAt === null ? [] : [`revoked ${revokedAt}`]),
  ];
  return [tokenId, parts.join('; ')];
}
