import { describe, expect, it } from 'vitest';
import { indexByPrefix } from '../../../../../../src/privacy/scrubber/rules/token/prefix-index.js';

describe('indexByPrefix', () => {
  const { groups, thirds, expressions } = indexByPrefix([
    ['ab_', '\\d{2}'],
    ['abc.', '\\d{3}'],
    ['x$', '\\w'],
  ]);
  const groupOf = (text: string) => groups[(text.charCodeAt(0) << 7) | text.charCodeAt(1)]!;
  const mayGoOn = (text: string) => thirds[(groupOf(text) << 7) | text.charCodeAt(2)] === 1;

  it('puts formats that begin alike in one group, and others in none', () => {
    expect(groupOf('ab')).toBeGreaterThan(0);
    expect(groupOf('x$')).not.toBe(groupOf('ab'));
    expect(groupOf('ax')).toBe(0);
  });

  it('says which third characters a group may have', () => {
    expect(['ab_', 'abc', 'x$7'].map(mayGoOn)).toEqual([true, true, true]);
    expect(mayGoOn('abd')).toBe(false);
  });

  it('reads the prefix as it is written, whatever it means in an expression', () => {
    expect('abc.123'.match(expressions[groupOf('ab')]!)?.[0]).toBe('abc.123');
    expect('abcx123'.match(expressions[groupOf('ab')]!)).toBeNull();
    expect('x$7'.match(expressions[groupOf('x$')]!)?.[0]).toBe('x$7');
  });
});
