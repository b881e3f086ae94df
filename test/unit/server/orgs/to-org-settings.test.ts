import { describe, expect, it } from 'vitest';
import type { OrgState } from '../../../../src/server/db/contract.js';
import { isCounted } from '../../../../src/server/db/org-state.js';
import { hasEntityTag, toEntityTag, toOrgSettings } from '../../../../src/server/orgs/to-org-settings.js';

const AT = '2026-01-11T19:05:21.133463Z';

const stateOf = (answer: boolean | undefined, isStopped = false): OrgState => ({
  orgId: 'acme',
  answer:
    answer === undefined
      ? undefined
      : { telemetryEnabled: answer, updatedAt: AT, updatedBy: 'team_a', version: 3 },
  stoppedAt: isStopped ? AT : undefined,
});

describe('whether an organisation is counted', () => {
  it.each([
    [undefined, false, true, true],
    [undefined, false, false, false],
    [true, false, false, true],
    [false, false, true, false],
    [undefined, true, true, false],
    [true, true, true, false],
    [false, true, true, false],
  ])('answer %s, stopped %s, default %s: %s', (answer, isStopped, enabledByDefault, expected) => {
    const state = stateOf(answer, isStopped);
    expect(isCounted(state, enabledByDefault)).toBe(expected);
    expect(toOrgSettings(state, enabledByDefault)).toEqual({
      org_id: 'acme',
      telemetry_enabled: expected,
      updated_at: answer === undefined ? null : AT,
      updated_by: answer === undefined ? null : 'team_a',
    });
  });
});

describe('the entity tag', () => {
  it('is another one for another version, and for a stop', () => {
    const tags = [stateOf(undefined), stateOf(undefined, true), stateOf(true), stateOf(true, true)].map(
      toEntityTag,
    );
    expect(tags).toEqual(['"0"', '"0-stopped"', '"3"', '"3-stopped"']);
  });

  it.each([
    ['"3"', true],
    ['"1", "3"', true],
    ['*', true],
    ['W/"3"', false],
    ['3', false],
    ['"33"', false],
    ['"3-stopped"', false],
    ['', false],
  ])('If-Match: %s names "3": %s', (header, expected) => {
    expect(hasEntityTag(header, '"3"')).toBe(expected);
  });
});
