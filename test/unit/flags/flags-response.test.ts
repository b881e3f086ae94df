import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFlagsResponse } from '../../../src/flags/index.js';

const parseOne = (detail: unknown) => parseFlagsResponse({ flags: { key: detail } })?.get('key');

describe('a flag', () => {
  it.each([
    ['on', { enabled: true, variant: null }, true],
    ['on, with nothing said of variants', { enabled: true }, true],
    ['off', { enabled: false, variant: null }, false],
    ['a variant', { enabled: true, variant: 'test' }, 'test'],
    ['off, whatever variant is named', { enabled: false, variant: 'test' }, false],
    ['not known when it failed', { enabled: false, failed: true }, undefined],
    ['not known when it says neither on nor off', { enabled: 'true' }, undefined],
    ['not known when its variant is no text', { enabled: true, variant: 7 }, undefined],
    ['not known when its variant is empty', { enabled: true, variant: '' }, undefined],
    ['not known when its variant is a sentence', { enabled: true, variant: 'call me' }, undefined],
    ['not known when its variant is private', { enabled: true, variant: 'ada@example.org' }, undefined],
    ['not known when its variant is long', { enabled: true, variant: 'x'.repeat(65) }, undefined],
    ['not known when it is null', null, undefined],
    ['not known when it is a list', [], undefined],
  ])('is %s', (_, detail, value) => {
    expect(parseOne(detail)).toEqual({ value, version: undefined });
  });

  it('is left out when it is switched off, as one that does not exist', () => {
    expect(parseOne({ enabled: false, reason: { code: 'flag_disabled' } })).toBeUndefined();
    expect(parseOne({ enabled: false, reason: { code: 'out_of_rollout_bound' } })).toBeDefined();
  });

  it.each([
    [{ version: 3 }, 3],
    [{ version: 0 }, 0],
    [{ version: '3' }, undefined],
    [{ version: 1.5 }, undefined],
    [{ version: -1 }, undefined],
    [{}, undefined],
    [null, undefined],
  ])('with the metadata %j has the version %j', (metadata, version) => {
    expect(parseOne({ enabled: true, metadata })).toEqual({ value: true, version });
  });

  it.each(['', '_hidden', '__proto__', 'two words', 'ümlaut', 'x'.repeat(65)])(
    'is left out under the key %j',
    (key) => {
      const body = JSON.parse(`{"flags":{${JSON.stringify(key)}:{"enabled":true},"good":{"enabled":true}}}`);
      expect([...(parseFlagsResponse(body)?.keys() ?? [])]).toEqual(['good']);
    },
  );
});

describe('an answer', () => {
  it('may hold no flags', () => {
    expect(parseFlagsResponse({ flags: {} })?.size).toBe(0);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', '{"flags":{}}'],
    ['a list', []],
    ['the first format', { featureFlags: { key: true } }],
    ['flags in a list', { flags: [] }],
    ['an answer whose flags are null', { flags: null }],
    ['an answer over quota', { flags: {}, quotaLimited: ['feature_flags'] }],
  ])('is none when it is %s', (_, body) => {
    expect(parseFlagsResponse(body)).toBeUndefined();
  });

  it.each([[['recordings']], [[]], [null], ['feature_flags']])(
    'with the quotas %j used up is one',
    (quotaLimited) => {
      expect(parseFlagsResponse({ flags: { key: { enabled: true } }, quotaLimited })?.size).toBe(1);
    },
  );

  it('is cut to 200 flags, the same ones in whatever order they come', () => {
    const keys = Array.from({ length: 300 }, (_, at) => `flag-${String(at).padStart(3, '0')}`);
    const parse = (list: string[]) =>
      parseFlagsResponse({ flags: Object.fromEntries(list.map((key) => [key, { enabled: true }])) });
    expect([...(parse(keys)?.keys() ?? [])]).toEqual(keys.slice(0, 200));
    expect(parse(keys.toReversed())).toEqual(parse(keys));
  });

  it('of any kind is read without harm', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (body, detail) => {
        parseFlagsResponse(body);
        expect(parseFlagsResponse({ flags: { key: detail } })).toBeInstanceOf(Map);
      }),
    );
  });
});
