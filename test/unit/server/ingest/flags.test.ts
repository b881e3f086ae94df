import { describe, expect, it } from 'vitest';
import { evaluateFlags } from '../../../../src/server/ingest/flags.js';
import type { FlagDefinition } from '../../../../src/server/ingest/index.js';

const IDS = Array.from({ length: 10_000 }, (_, index) => `user-${index}`);

/** Assignments computed with the functions that PostHog's own SDK uses for local evaluation. */
const KNOWN_FLAG: FlagDefinition = {
  key: 'new-search',
  rollout_percentage: 60,
  variants: [
    { key: 'control', rollout_percentage: 50 },
    { key: 'a', rollout_percentage: 30 },
    { key: 'b', rollout_percentage: 20 },
  ],
};
const KNOWN_ASSIGNMENTS = [
  ['user-0', false, null],
  ['user-6', true, 'control'],
  ['user-7', true, 'a'],
  ['größe-19', true, 'b'],
  ['zoë@例え', false, null],
  ['0194d5e2-7c3a-7b11-9f00-abcdef012345', true, 'a'],
] as const;

const evaluateOne = (definition: FlagDefinition, id: string) =>
  evaluateFlags([definition], id)[definition.key];

const shareOf = (holds: (id: string) => boolean | undefined) =>
  IDS.filter((id) => holds(id)).length / IDS.length;

describe('evaluateFlags', () => {
  it.each([1, 10, 33.3, 50, 90])('turns a flag on for about %d percent of ten thousand ids', (percentage) => {
    const flag = { key: `rollout-${percentage}`, rollout_percentage: percentage };
    const share = shareOf((id) => evaluateOne(flag, id)?.enabled);
    expect(Math.abs(share - percentage / 100)).toBeLessThan(0.015);
  });

  it.each([
    [0, false],
    [100, true],
  ])('at %i percent gives everybody %s', (rollout_percentage, enabled) => {
    const flag = { key: 'all-or-none', rollout_percentage };
    expect(IDS.every((id) => evaluateOne(flag, id)?.enabled === enabled)).toBe(true);
  });

  it('only ever adds ids as a rollout grows', () => {
    const at = (rollout_percentage: number) => ({ key: 'growing', rollout_percentage });
    const lost = IDS.filter((id) => evaluateOne(at(20), id)?.enabled && !evaluateOne(at(40), id)?.enabled);
    expect(lost).toEqual([]);
  });

  it('distributes variants by their own shares, also inside a partial rollout', () => {
    const variants = [
      { key: 'control', rollout_percentage: 50 },
      { key: 'a', rollout_percentage: 30 },
      { key: 'b', rollout_percentage: 20 },
    ];
    const flag = { key: 'experiment', rollout_percentage: 40, variants };
    for (const { key, rollout_percentage } of variants) {
      const share = shareOf((id) => evaluateOne(flag, id)?.variant === key);
      expect(Math.abs(share - (0.4 * rollout_percentage) / 100)).toBeLessThan(0.015);
    }
  });

  it('gives what the shares leave over to the last variant that has one', () => {
    const variants = [
      { key: 'a', rollout_percentage: 30 },
      { key: 'b', rollout_percentage: 30 },
      { key: 'never', rollout_percentage: 0 },
    ];
    const flag = { key: 'short-of-a-hundred', variants };
    const share = shareOf((id) => evaluateOne(flag, id)?.variant === 'b');
    expect(Math.abs(share - 0.7)).toBeLessThan(0.015);
    expect(shareOf((id) => evaluateOne(flag, id)?.variant === 'never')).toBe(0);
  });

  it('gives the same id the same answer every time', () => {
    const flags = [
      { key: 'one', rollout_percentage: 50 },
      { key: 'two', variants: [{ key: 'x', rollout_percentage: 100 }] },
    ];
    expect(IDS.map((id) => evaluateFlags(flags, id))).toEqual(IDS.map((id) => evaluateFlags(flags, id)));
  });

  it('decides for each key anew, so that two flags at half do not hit the same half', () => {
    const [one, two] = [
      { key: 'one', rollout_percentage: 50 },
      { key: 'two', rollout_percentage: 50 },
    ] as const;
    const share = shareOf((id) => evaluateOne(one, id)?.enabled && evaluateOne(two, id)?.enabled);
    expect(Math.abs(share - 0.25)).toBeLessThan(0.015);
  });

  it.each(KNOWN_ASSIGNMENTS)('agrees with PostHog about %s', (id, enabled, variant) => {
    expect(evaluateOne(KNOWN_FLAG, id)).toMatchObject({ enabled, variant });
  });

  it('says why, in the shape that PostHog answers with', () => {
    const flags = [
      { key: 'on' },
      { key: 'none', rollout_percentage: 0 },
      { key: 'retired', active: false, variants: [{ key: 'x', rollout_percentage: 100 }] },
    ];
    expect(evaluateFlags(flags, 'user-1')).toEqual({
      on: {
        key: 'on',
        enabled: true,
        variant: null,
        reason: { code: 'condition_match', condition_index: 0, description: 'Matched condition set 1' },
        metadata: { id: 1, version: 1, description: null },
      },
      none: {
        key: 'none',
        enabled: false,
        variant: null,
        reason: { code: 'out_of_rollout_bound', condition_index: 0, description: 'Out of rollout bound' },
        metadata: { id: 2, version: 1, description: null },
      },
      retired: {
        key: 'retired',
        enabled: false,
        variant: null,
        reason: { code: 'flag_disabled', condition_index: null, description: 'Feature flag is disabled' },
        metadata: { id: 3, version: 1, description: null },
      },
    });
  });

  it.each([
    ['one key', ['b'], ['b']],
    ['an unknown key', ['b', 'zzz'], ['b']],
    ['no key', [], []],
    ['no list of keys', undefined, ['a', 'b', '__proto__']],
  ])('answers for %s', (_what, keys, expected) => {
    const flags = [{ key: 'a' }, { key: 'b' }, { key: '__proto__' }];
    expect(Object.keys(evaluateFlags(flags, 'user-1', keys))).toEqual(expected);
  });
});
