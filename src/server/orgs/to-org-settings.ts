import type { OrgState } from '../db/contract.js';
import { isCounted } from '../db/org-state.js';
import type { OrgSettings } from '../wire/index.js';

/** What the service says of an organisation. Pure. */
export function toOrgSettings(state: OrgState, enabledByDefault: boolean): OrgSettings {
  return {
    org_id: state.orgId,
    telemetry_enabled: isCounted(state, enabledByDefault),
    updated_at: state.answer?.updatedAt ?? null,
    updated_by: state.answer?.updatedBy ?? null,
  };
}

/** A strong entity tag: another one whenever the answer, or the operator's stop, is another. Pure. */
export function toEntityTag({ answer, stoppedAt }: OrgState): string {
  const version = answer?.version ?? 0;
  return stoppedAt === undefined ? `"${version}"` : `"${version}-stopped"`;
}

/** Whether a header `If-Match` names an entity tag, or any. A weak one names none. Pure. */
export function hasEntityTag(header: string, tag: string): boolean {
  const named = header.split(',').map((member) => member.trim());
  return named.includes('*') || named.includes(tag);
}
