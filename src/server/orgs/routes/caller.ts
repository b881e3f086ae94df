import type { Hono } from 'hono';
import { readState } from '../../db/org-state.js';
import type { Caller } from '../../wire/index.js';
import type { OrgsEnv, OrgsParts } from '../app.js';

export function addCaller(app: Hono<OrgsEnv>, { database }: OrgsParts): void {
  app.get('/', async (context) => {
    const { orgId, teamNodeId, scope } = context.get('caller');
    const { stoppedAt } = await readState(database.orgs, orgId);
    return context.json<Caller>({
      org_id: orgId,
      team_node_id: teamNodeId,
      scope,
      telemetry_stopped: stoppedAt !== undefined,
    });
  });
}
