import { z } from 'zod';
import { ExpiresAtMs, nameOf } from './names.js';

/** What the history calls others than teams: nobody may look like them there. */
const RESERVED = /^\s*(?:operator\s*$|sql:|tok_)/i;

const OrgId = nameOf('The id of an organisation', 64);
const TeamId = nameOf('The id of a team', 128).refine((text) => !RESERVED.test(text), {
  error:
    'The id of a team must not be operator, nor begin with sql: or tok_: the history would take it for another.',
});
const Scope = z.enum(['read', 'admin']);

/** What the operator of a product can ask for: about its organisations, their tokens and their answers. */
export const ORG_COMMANDS = [
  z.strictObject({
    command: z.literal('create_token'),
    orgId: OrgId,
    teamNodeId: TeamId.nullable(),
    scope: Scope,
    expiresAtMs: ExpiresAtMs,
  }),
  z.strictObject({ command: z.literal('revoke_token'), tokenId: z.string().max(128) }),
  z.strictObject({ command: z.literal('list_tokens'), orgId: OrgId.nullable() }),
  z.strictObject({ command: z.literal('read_status'), orgId: OrgId.nullable() }),
  z.strictObject({ command: z.literal('set_answer'), orgId: OrgId, telemetryEnabled: z.boolean() }),
  z.strictObject({ command: z.literal('read_stop') }),
  z.strictObject({ command: z.literal('stop_all') }),
  z.strictObject({ command: z.literal('resume_all') }),
] as const;

const Token = z.strictObject({
  tokenId: z.string(),
  orgId: z.string(),
  teamNodeId: z.string().nullable(),
  scope: Scope,
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
});

const OrgStatus = z.strictObject({
  orgId: z.string(),
  /** Its own; null while it has given none. */
  answer: z
    .strictObject({ telemetryEnabled: z.boolean(), updatedAt: z.string(), updatedBy: z.string().nullable() })
    .nullable(),
  /** Whether its runs are counted now. */
  isCounted: z.boolean(),
});

/** What an operator is told, by what was asked for. */
export const ORG_RESULTS = {
  create_token: z.strictObject({ token: Token, text: z.string() }),
  /** False: there is none of this id, or it was revoked already. */
  revoke_token: z.strictObject({ changed: z.boolean() }),
  list_tokens: z.strictObject({ tokens: z.array(Token).readonly() }),
  read_status: z.strictObject({
    stoppedAt: z.string().nullable(),
    enabledByDefault: z.boolean(),
    orgs: z.array(OrgStatus).readonly(),
  }),
  set_answer: z.strictObject({
    changed: z.boolean(),
    /** False: the organisation was made known by this. */
    wasKnown: z.boolean(),
    stoppedAt: z.string().nullable(),
  }),
  read_stop: z.strictObject({ stoppedAt: z.string().nullable() }),
  stop_all: z.strictObject({ changed: z.boolean() }),
  resume_all: z.strictObject({ changed: z.boolean() }),
};
