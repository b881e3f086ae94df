import { createOrgsApp } from '../../orgs/index.js';
import { CONFIG_PATH } from '../../wire/index.js';
import { toDoor } from '../dispatch.js';
import type { RoleContext } from '../role-context.js';
import type { RolePart } from '../role-part.js';

export async function openOrgs({ databases, services, onFailure }: RoleContext): Promise<RolePart> {
  const { enabledByDefault, minGroup, heartbeatIntervalSeconds, collectorDatabaseUrl } = services;
  const hasLedger = collectorDatabaseUrl === undefined;
  const database = await databases.open(hasLedger ? ['product', 'collector'] : ['product']);
  const { sends } = hasLedger ? database : await databases.openLedger();
  const app = createOrgsApp({
    database: { ...database, sends },
    enabledByDefault,
    minGroup,
    heartbeatIntervalSeconds,
    onFailure,
  });
  return { doors: [toDoor([CONFIG_PATH], app)], runs: database.runs };
}
