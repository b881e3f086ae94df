import { TelemetryError } from '../../../internal/index.js';
import type { ChangeResult, OrgState } from '../../db/contract.js';
import { isCounted, readState, unknownOrg } from '../../db/org-state.js';
import type { OperatorResult } from '../commands/index.js';
import type { Performers } from './performers.js';

/** As the history shows it. */
const ACTOR = 'operator';

export const performOrgs = {
  create_token: ({ database }, { orgId, teamNodeId, scope, expiresAtMs }) =>
    database.tokens.create({ orgId, teamNodeId, scope, expiresAtMs: expiresAtMs ?? undefined }),

  revoke_token: async ({ database }, { tokenId }) => ({ changed: await database.tokens.revoke(tokenId) }),

  list_tokens: async ({ database }, { orgId }) => ({
    tokens: await database.tokens.list(orgId ?? undefined),
  }),

  async read_status({ database: { orgs }, enabledByDefault }, { orgId }) {
    const stoppedAt = (await orgs.readStop()) ?? null;
    const states = orgId === null ? await orgs.list() : [await readState(orgs, orgId)];
    return { stoppedAt, enabledByDefault, orgs: states.map((state) => toStatus(state, enabledByDefault)) };
  },

  async set_answer({ database: { orgs } }, { orgId, telemetryEnabled }) {
    const change = { orgId, telemetryEnabled, actor: ACTOR };
    const first = await orgs.change(change);
    if (first.status !== 'unknown_org') return toAnswered(first, true);
    // A no is kept for whoever comes; a yes may be a typing error, which would make an organisation of nobody.
    if (telemetryEnabled) throw unknownOrg();
    await orgs.register(orgId);
    return toAnswered(await orgs.change(change), false);
  },

  read_stop: async ({ database: { orgs } }) => ({ stoppedAt: (await orgs.readStop()) ?? null }),

  stop_all: async ({ database: { orgs } }) => ({ changed: await orgs.stopAll(ACTOR) }),

  resume_all: async ({ database: { orgs } }) => ({ changed: await orgs.resumeAll(ACTOR) }),
} satisfies Partial<Performers>;

function toStatus(state: OrgState, enabledByDefault: boolean): OperatorResult<'read_status'>['orgs'][number] {
  const { orgId, answer } = state;
  return {
    orgId,
    answer: answer
      ? {
          telemetryEnabled: answer.telemetryEnabled,
          updatedAt: answer.updatedAt,
          updatedBy: answer.updatedBy,
        }
      : null,
    isCounted: isCounted(state, enabledByDefault),
  };
}

function toAnswered(result: ChangeResult, wasKnown: boolean): OperatorResult<'set_answer'> {
  switch (result.status) {
    case 'kept':
      return { changed: result.changed, wasKnown, stoppedAt: result.state.stoppedAt ?? null };
    case 'stopped':
      throw new TelemetryError(
        'TELEMETRY_STOPPED',
        'Telemetry is stopped for every organisation. Lift the stop first: `sotto org resume --all`.',
      );
    // No version was asked for, and an organisation that is made known can be taken away at once.
    case 'stale':
    case 'unknown_org':
      throw unknownOrg();
    default:
      return result satisfies never;
  }
}
