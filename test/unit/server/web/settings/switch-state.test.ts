import { expect, it } from 'vitest';
import { toSwitchState } from '../../../../../src/server/web/settings/switch-state.js';
import type { Caller, OrgSettings } from '../../../../../src/server/wire/index.js';

const caller: Caller = { org_id: 'extend', team_node_id: null, scope: 'admin', telemetry_stopped: false };
const settings: OrgSettings = {
  org_id: 'extend',
  telemetry_enabled: true,
  updated_at: null,
  updated_by: null,
};
const known = <Value>(value: Value) => ({ status: 'known', value, raw: value, etag: '"1"' }) as const;

it('is a switch for an admin, and words for a reader', () => {
  expect(toSwitchState(known(caller), known(settings))).toEqual({
    kind: 'switch',
    orgId: 'extend',
    enabled: true,
    changed: undefined,
    etag: '"1"',
  });
  expect(toSwitchState(known<Caller>({ ...caller, scope: 'read' }), known(settings))).toMatchObject({
    kind: 'read_only',
    enabled: true,
  });
});

it('is the stop of the operator for everybody', () => {
  const stopped = { ...caller, telemetry_stopped: true };
  const off = { ...settings, telemetry_enabled: false };
  expect(toSwitchState(known(stopped), known(off))).toEqual({ kind: 'stopped', orgId: 'extend' });
  expect(toSwitchState(known<Caller>({ ...stopped, scope: 'read' }), known(off)).kind).toBe('stopped');
});

it.each([
  ['one is not known', { status: 'unknown' } as const, known(settings)],
  ['the other is not known', known(caller), { status: 'unknown' } as const],
  ['the token is refused', known(caller), { status: 'refused' } as const],
  ['they are of two organisations', known({ ...caller, org_id: 'other' }), known(settings)],
  ['they contradict each other', known({ ...caller, telemetry_stopped: true }), known(settings)],
])('is not known when %s', (_why, one, two) => {
  expect(toSwitchState(one, two)).toEqual({ kind: 'unknown' });
});
