import type { Hono } from 'hono';
import type { AuditEntry } from '../../db/contract.js';
import { readState } from '../../db/org-state.js';
import type { SettingsChange } from '../../wire/index.js';
import type { OrgsEnv, OrgsParts } from '../app.js';

const MAX_CHANGES = 100;

export function addChanges(app: Hono<OrgsEnv>, { database: { orgs } }: OrgsParts): void {
  app.get('/org-settings/changes', async (context) => {
    const { orgId } = context.get('caller');
    await readState(orgs, orgId);
    const entries = await orgs.history(orgId, MAX_CHANGES);
    return context.json({ changes: entries.map(toSettingsChange) });
  });
}

function toSettingsChange({
  changedAt,
  changedBy,
  appliesTo,
  oldValue,
  newValue,
}: AuditEntry): SettingsChange {
  return {
    changed_at: changedAt,
    changed_by: changedBy,
    applies_to: appliesTo,
    old_value: oldValue,
    new_value: newValue,
  };
}
