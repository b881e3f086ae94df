import { describe, expect, it } from 'vitest';
import { createIngestApp, type FlagDefinition } from '../../../../src/server/ingest/index.js';

const variants = (...shares: number[]) =>
  shares.map((rollout_percentage, index) => ({ key: `v${index}`, rollout_percentage }));

describe('flag definitions', () => {
  it.each([
    ['only a key', { key: 'a' }],
    ['every member', { key: 'a', active: false, rollout_percentage: 12.5, variants: variants(100) }],
    ['decimal shares', { key: 'a', variants: variants(...Array(6).fill(14.29), 14.26) }],
    ['a variant for nobody', { key: 'a', variants: variants(100, 0) }],
  ])('may have %s', (_what, definition) => {
    expect(() => createIngestApp({ flags: [definition] })).not.toThrow();
  });

  it.each([
    ['null for an object', null, /must be an object/],
    ['a misspelt rollout', { key: 'a', rolloutPercentage: 10 }, /members are key, active/],
    ['a misspelt share', { key: 'a', variants: [{ key: 'x', share: 100 }] }, /variants\[0\]: members are/],
    ['no key', {}, /key must/],
    ['an empty key', { key: '' }, /key must/],
    ['a key with a space', { key: 'a b' }, /key must/],
    ['an active that is no boolean', { key: 'a', active: 'false' }, /active must/],
    ['a negative rollout', { key: 'a', rollout_percentage: -1 }, /rollout_percentage must/],
    ['a rollout over 100', { key: 'a', rollout_percentage: 100.1 }, /rollout_percentage must/],
    ['a rollout that is no number', { key: 'a', rollout_percentage: Number.NaN }, /rollout_percentage must/],
    ['an empty list of variants', { key: 'a', variants: [] }, /variants must be/],
    ['variants that are no list', { key: 'a', variants: 'ab' }, /variants must be/],
    [
      'a variant without a key',
      { key: 'a', variants: [{ rollout_percentage: 100 }] },
      /variants\[0\]: key must/,
    ],
    ['variants short of 100', { key: 'a', variants: variants(50, 49) }, /add up to 100/],
    ['variants beyond 100', { key: 'a', variants: variants(50, 51) }, /add up to 100/],
    [
      'a negative variant',
      { key: 'a', variants: variants(110, -10) },
      /variants\[0\]: rollout_percentage must/,
    ],
    ['a variant twice', { key: 'a', variants: [...variants(50), ...variants(50)] }, /same key/],
  ])('may not have %s', (_what, definition, message) => {
    const flags = [{ key: 'fine' }, definition as unknown as FlagDefinition];
    expect(() => createIngestApp({ flags })).toThrow(
      expect.objectContaining({
        code: 'FLAG_DEFINITION_INVALID',
        message: expect.stringMatching(new RegExp(`^flags\\[1\\]: .*${message.source}`)),
      }),
    );
  });

  it('must be an array', () => {
    const flags = { a: {} } as unknown as FlagDefinition[];
    expect(() => createIngestApp({ flags })).toThrow('flags must be an array.');
  });

  it('may not use a key twice', () => {
    const flags = [{ key: 'a' }, { key: 'b' }, { key: 'a' }];
    expect(() => createIngestApp({ flags })).toThrow('Two flags have the same key.');
  });

  it('cannot be changed through the list that was passed', async () => {
    const flags = [{ key: 'a', rollout_percentage: 100 }];
    const app = createIngestApp({ flags });
    Object.assign(flags[0] ?? {}, { rollout_percentage: 0 });
    const response = await app.request('/flags', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: 'phc_test', distinct_id: 'user-1' }),
    });
    expect(await response.json()).toMatchObject({ flags: { a: { enabled: true } } });
  });
});
