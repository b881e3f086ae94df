import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Connection, Queries } from './connection.js';
import type { NewOrgToken, OrgToken, OrgTokenRepository } from './contract.js';
import { registerOrg } from './orgs.js';
import { orgTokens } from './schema.js';
import { createTokenText, hashSecret, matchesSecret, parseTokenText } from './token-text.js';
import { momentOf, utc } from './utc.js';

/** @param nowMs - the clock by which tokens expire */
export function createOrgTokenRepository(connection: Connection, nowMs: () => number): OrgTokenRepository {
  const { run, transaction } = connection;
  return {
    create: (token) => transaction((queries) => createToken(queries, token)),
    verify: (text) => run((queries) => verifyToken(queries, text, nowMs())),
    revoke: (tokenId) => run((queries) => revokeToken(queries, tokenId)),
    list: (orgId) => run((queries) => listTokens(queries, orgId)),
  };
}

/** What may be shown of a token. */
const SHOWN = {
  tokenId: orgTokens.tokenId,
  orgId: orgTokens.orgId,
  teamNodeId: orgTokens.teamNodeId,
  scope: orgTokens.scope,
  createdAt: utc(orgTokens.createdAt),
  expiresAt: utc<string | null>(orgTokens.expiresAt),
  revokedAt: utc<string | null>(orgTokens.revokedAt),
};

async function createToken(
  queries: Queries,
  { orgId, teamNodeId, scope, expiresAtMs }: NewOrgToken,
): Promise<{ readonly token: OrgToken; readonly text: string }> {
  await registerOrg(queries, orgId, teamNodeId);
  const { tokenId, secret } = createTokenText('tok');
  const expiresAt = expiresAtMs === undefined ? null : momentOf(expiresAtMs);
  const [token] = await queries
    .insert(orgTokens)
    .values({ tokenId, orgId, teamNodeId, scope, ...hashSecret(secret), expiresAt })
    .returning(SHOWN);
  return { token: token as OrgToken, text: `${tokenId}.${secret}` };
}

async function verifyToken(queries: Queries, text: string, nowMs: number): Promise<OrgToken | undefined> {
  const given = parseTokenText(text, 'tok');
  if (given === undefined) return undefined;
  const expired = sql<boolean>`coalesce(${orgTokens.expiresAt} <= ${momentOf(nowMs)}, false)`;
  const [kept] = await queries
    .select({ shown: SHOWN, salt: orgTokens.salt, secretHash: orgTokens.secretHash, expired })
    .from(orgTokens)
    .where(eq(orgTokens.tokenId, given.tokenId));
  const matches = matchesSecret(given.secret, kept);
  if (!matches || kept === undefined) return undefined;
  return kept.expired || kept.shown.revokedAt !== null ? undefined : kept.shown;
}

async function revokeToken(queries: Queries, tokenId: string): Promise<boolean> {
  const rows = await queries
    .update(orgTokens)
    .set({ revokedAt: sql`clock_timestamp()` })
    .where(and(eq(orgTokens.tokenId, tokenId), isNull(orgTokens.revokedAt)))
    .returning({ tokenId: orgTokens.tokenId });
  return rows.length > 0;
}

function listTokens(queries: Queries, orgId: string | undefined): Promise<readonly OrgToken[]> {
  return queries
    .select(SHOWN)
    .from(orgTokens)
    .where(orgId === undefined ? undefined : eq(orgTokens.orgId, orgId))
    .orderBy(sql`${orgTokens.orgId} collate "C"`, orgTokens.createdAt, orgTokens.tokenId);
}
