import type { Caller, OrgSettings } from '../../wire/index.js';
import type { Known } from '../upstream/index.js';

/** What may be said about an organisation's telemetry, and whether it may be changed here. */
export type SwitchState =
  /** Nobody is told that it is on or off, and nothing can be switched. */
  | { readonly kind: 'unknown' }
  /** By the operator, for every organisation. */
  | { readonly kind: 'stopped'; readonly orgId: string }
  | (Answer & { readonly kind: 'read_only' })
  | (Answer & { readonly kind: 'switch'; readonly etag: string | undefined });

export interface Answer {
  readonly orgId: string;
  readonly enabled: boolean;
  /** Undefined while the organisation has not decided, and the default holds. */
  readonly changed: { readonly at: string; readonly by: string | null } | undefined;
}

/** Pure. Two answers that do not belong together are as good as none. */
export function toSwitchState(caller: Known<Caller>, settings: Known<OrgSettings>): SwitchState {
  if (caller.status !== 'known' || settings.status !== 'known') return { kind: 'unknown' };
  const { org_id: orgId, telemetry_enabled: enabled, updated_at: at, updated_by: by } = settings.value;
  if (caller.value.org_id !== orgId) return { kind: 'unknown' };
  // Switched back in between the two answers.
  if (caller.value.telemetry_stopped) return enabled ? { kind: 'unknown' } : { kind: 'stopped', orgId };
  const answer = { orgId, enabled, changed: at === null ? undefined : { at, by } };
  return caller.value.scope === 'admin'
    ? { ...answer, kind: 'switch', etag: settings.etag }
    : { ...answer, kind: 'read_only' };
}
