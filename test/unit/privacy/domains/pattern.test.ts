import { describe, expect, it } from 'vitest';
import { whyNotClosed } from '../../../../src/privacy/domains/closed-pattern.js';
import { pattern } from '../../../../src/privacy/index.js';
import { timed } from '../support.js';

describe('a closed pattern', () => {
  it.each<[RegExp, string, string]>([
    [/^$/, '', 'a'],
    [/^\d{1,4}\.\d{1,4}\.\d{1,4}$/, '1.4.0', '1.4.0-secret'],
    [/^\d{1,4}\.\d{1,4}(?:-(?:alpha|beta|rc)(?:\.\d{1,3})?)?$/, '2.0-beta.1', '2.0-hunter2'],
    [/^[a-z]{2,3}(?:-[A-Z]{2})?$/, 'de-AT', 'de_AT'],
    [/^E[0-9]{4}$/, 'E0042', 'E42'],
    [/^(?:red|green|blue)$/, 'green', 'greenish'],
    [/^(a|b){2}c?$/, 'abc', 'abcc'],
    [/^[-+]?\d{1,3}$/, '-12', '--12'],
    [/^[\d.,-]{1,12}$/, '1.000,5', 'x'],
    [/^\\\/\[\]\{\}\|$/, '\\/[]{}|', ''],
    [/^[\]\\]$/, ']', 'x'],
    [/^v\d$/, 'v1', 'v1\n'],
    [/^[0-9a-f]{7}$/, 'c0ffee1', 'C0FFEE1'],
  ])('such as %s lets %j pass and not %j', (expression, inside, outside) => {
    const domain = pattern(expression);
    expect(domain.encode(inside)).toBe(inside);
    expect(domain.encode(outside)).toBeUndefined();
    expect(domain.encode(1)).toBeUndefined();
  });

  it.each<[string, RegExp | string]>([
    ['is not anchored at both ends', /\d{4}/],
    ['is not anchored at both ends', /^\d{4}/],
    ['is not anchored at both ends', /\d{4}$/],
    ['is not anchored at both ends', /^a\$/],
    ['has alternatives outside a group', /^a|b$/],
    ['has the wildcard', /^.{1,8}$/],
    ['has a negated class', /^[^/]{1,8}$/],
    ['repeats without a bound', /^\d+$/],
    ['repeats without a bound', /^\d*$/],
    ['repeats without a bound', /^\d{1,}$/],
    ['repeats without a bound', /^(?:ab)+$/],
    ['has an escape that may match anything', /^\S{1,8}$/],
    ['has an escape that may match anything', /^\s{1,8}$/],
    ['has an escape that may match anything', /^\W{1,8}$/],
    ['has an escape that may match anything', /^\D{1,8}$/],
    ['has an escape that may match anything', /^[\s\S]{1,8}$/],
    ['has an escape that may match anything', /^(a)\1$/],
    ['has an escape that may match anything', /^\x41$/],
    ['has an escape that may match anything', /^a\b$/],
    ['has a lookaround or named group', /^(?=a)a$/],
    ['has a lookaround or named group', /^(?<!a)b$/],
    ['has a lookaround or named group', /^(?<year>\d{4})$/],
    ['repeats without an atom', /^\d{1,3}?$/],
    ['has an anchor inside', /^a^b$/],
    ['matches more than 32 characters', /^\d{10}(?:abc){8}$/],
    ['repeats more than 32 times', /^\d{1,33}$/],
    ['leaves more than 8 letters free', /^[a-z]{1,20}$/],
    ['leaves more than 8 letters free', /^[\w ]{1,32}$/],
    ['leaves more than 8 letters free', /^[0-9a-f]{32}$/],
    ['leaves more than 8 letters free', /^[A-Z]{5}-[A-Z]{5}$/],
    ['matches too many different strings', /^\d{19}$/],
    ['matches too many different strings', /^[\u0020-\uffff]{8}$/u.source],
    ['can be read in too many ways', /^(?:a|a){30}b$/],
    ['can be read in too many ways', /^(?:a?){20}b$/],
    ['is longer than 500 characters', `^${'(?:'.repeat(200)}a${')'.repeat(200)}$`],
    ['has an unbalanced parenthesis', '^(a$'],
    ['has an unbalanced parenthesis', '^a)$'],
    ['has an open class', '^[a$'],
  ])('%s: %s is refused', (reason, expression) => {
    const source = typeof expression === 'string' ? expression : expression.source;
    if (source.includes('\\u')) expect(whyNotClosed(source)).toBeDefined();
    else expect(whyNotClosed(source)).toContain(reason);
  });

  it.each<[string, unknown]>([
    ['flags', /^a$/i],
    ['no expression', '^a$'],
    ['nothing', undefined],
  ])('with %s is refused with an error that helps', (_what, expression) => {
    expect(() => pattern(expression as RegExp)).toThrow(
      expect.objectContaining({ code: 'PLAIN_UNBOUNDED', message: expect.stringContaining('@hash') }),
    );
  });

  it('counts the characters of a literal range', () => {
    expect(whyNotClosed('^[ -\uffff]{4}$')).toBe('matches too many different strings');
    expect(whyNotClosed('^[0-9]{18}$')).toBeUndefined();
  });

  it('cannot be made to hang by the value it is given', () => {
    const slowest = pattern(/^(?:a?a?){6}b$/);
    const { result, elapsedMs } = timed(() => slowest.encode('a'.repeat(32)));
    expect(result).toBeUndefined();
    expect(elapsedMs).toBeLessThan(200);
  });

  it('cannot be made to hang by its own source', () => {
    const sources = [
      '^(?:){4294967295}$',
      '^(?:(?:a{32}){32}){32}$',
      `^${'a?'.repeat(240)}$`,
      `^${'('.repeat(490)}$`,
    ];
    const { elapsedMs } = timed(() => sources.forEach(whyNotClosed));
    expect(elapsedMs).toBeLessThan(200);
  });
});
