import type { Context, Hono } from 'hono';
import { TelemetryError } from '../../../internal/index.js';
import type { OrgRepository, OrgState } from '../../db/contract.js';
import { readState, unknownOrg } from '../../db/org-state.js';
import type { OrgsEnv, OrgsParts } from '../app.js';
import { readChange } from '../read-change.js';
import { hasEntityTag, toEntityTag, toOrgSettings } from '../to-org-settings.js';

export function addOrgSettings(app: Hono<OrgsEnv>, { database, enabledByDefault }: OrgsParts): void {
  const { orgs } = database;
  const answer = (context: Context, state: OrgState) =>
    context.json(toOrgSettings(state, enabledByDefault), 200, { etag: toEntityTag(state) });

  app.get('/org-settings', async (context) =>
    answer(context, await readState(orgs, context.get('caller').orgId)),
  );

  app.put('/org-settings', async (context) => {
    const { orgId, teamNodeId, tokenId, scope } = context.get('caller');
    if (scope !== 'admin') throw withoutRight();
    const telemetryEnabled = await readChange(context.req.raw);
    const expectedVersion = await toExpectedVersion(orgs, orgId, context.req.header('if-match'));
    const actor = teamNodeId ?? tokenId;
    const result = await orgs.change({ orgId, telemetryEnabled, actor, expectedVersion });
    switch (result.status) {
      case 'kept':
        return answer(context, result.state);
      case 'stale':
        throw changedMeanwhile();
      case 'stopped':
        throw stopped();
      case 'unknown_org':
        throw unknownOrg();
      default:
        return result satisfies never;
    }
  });
}

/** @returns the version that a caller has seen; undefined for any @throws {TelemetryError} `ORG_SETTINGS_CHANGED`, `ORG_NOT_FOUND` */
async function toExpectedVersion(
  orgs: OrgRepository,
  orgId: string,
  ifMatch: string | undefined,
): Promise<number | undefined> {
  if (ifMatch === undefined || ifMatch.trim() === '*') return undefined;
  const state = await readState(orgs, orgId);
  if (hasEntityTag(ifMatch, toEntityTag(state))) return state.answer?.version ?? 0;
  throw changedMeanwhile();
}

const withoutRight = () =>
  new TelemetryError(
    'REQUEST_FORBIDDEN',
    'This token may read and not change. The operator makes one that may with `sotto org token create --scope admin`.',
  );

const changedMeanwhile = () =>
  new TelemetryError(
    'ORG_SETTINGS_CHANGED',
    'The answer was changed since it was read. Nothing was written: read it again, and decide again.',
  );

const stopped = () =>
  new TelemetryError(
    'TELEMETRY_STOPPED',
    'The operator has stopped telemetry for every organisation. Until the stop is lifted, only a no is kept.',
  );
