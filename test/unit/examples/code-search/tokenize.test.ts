import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findWord, stem, termsOf, wordsOf } from '../../../../examples/code-search/tokenize.js';

describe('words and terms', () => {
  it.each([
    ['parseRetryAfter', ['parseretryafter', 'parse', 'retry', 'after', 'pars']],
    ['PARSE_RETRY_AFTER', ['parseretryafter', 'parse', 'retry', 'after', 'pars']],
    ['HTTPServer2', ['httpserver2', 'http', 'server', '2']],
    ['sha256', ['sha256', 'sha', '256']],
    ['$config', ['config']],
    ['Größe', ['größe']],
    ['e\u0301tat', ['\u00e9tat']],
    ['検索', ['検索']],
    ['__proto__', ['proto']],
    ['_$_', []],
  ])('finds %s by %j', (word, terms) => {
    expect(termsOf(word)).toEqual(terms);
  });

  it.each([
    ['parse parses parsed parsing', 'pars'],
    ['setting settings', 'set'],
    ['query queries', 'query'],
    ['match matches matching matched', 'match'],
    ['stop stops stopped stopping', 'stop'],
  ])('folds %j together', (words, root) => {
    expect(words.split(' ').map(stem)).toEqual(words.split(' ').map(() => root));
  });

  it.each(['string', 'class', 'status', 'need', 'bus', 'größen'])('leaves %j as it is', (word) => {
    expect(stem(word)).toBe(word);
  });

  it('splits text at everything that is no part of a name', () => {
    expect(wordsOf('retry-after: getRetry(x_1);')).toEqual(['retry', 'after', 'getRetry', 'x_1']);
  });

  it('passes over encoded data', () => {
    expect(wordsOf(`data ${'A'.repeat(65)} end`)).toEqual(['data', 'end']);
  });

  it('finds the offset of the first wanted word', () => {
    expect(findWord('one two two', (word) => word === 'two')).toBe(4);
    expect(findWord('one', (word) => word === 'two')).toBe(-1);
  });

  it('gives the same terms for a name in camel case and in snake case', () => {
    const part = fc.stringMatching(/^[a-z]{2,8}$/);
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
        const camel = parts
          .map((text, at) => (at === 0 ? text : text[0]?.toUpperCase() + text.slice(1)))
          .join('');
        expect(termsOf(camel)).toEqual(termsOf(parts.join('_').toUpperCase()));
      }),
    );
  });
});
