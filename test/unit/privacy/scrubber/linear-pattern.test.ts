import { describe, expect, it } from 'vitest';
import { whyNotLinear } from '../../../../src/privacy/scrubber/linear-pattern.js';

describe('an expression', () => {
  it.each([
    'ACME-\\d+',
    '\\bACME-\\d+\\b',
    '\\bACME-\\d{6}\\b',
    'emp_[a-z0-9]{4,32}',
    'emp_[a-z0-9_]+',
    '\\d{3}-\\d{2}-\\d{4}',
    '(?:\\d{1,3}\\.){3}\\d{1,3}',
    '(?<!x)cust_\\w+',
    'a(?=b{1,3})',
    '[^\\]]{1,9}\\]',
    'a|b|cd?',
    '\\p{L}{2}\\u0041\\x42\\/',
  ])('such as %j takes linear time', (source) => {
    expect(whyNotLinear(source)).toBeUndefined();
  });

  it.each([
    ['(a+)+b', 'goes on after a repetition without an upper bound'],
    ['(?:ab)*', 'repeats a group without an upper bound'],
    ['\\w+@', 'goes on after a repetition without an upper bound'],
    ['.*x', 'goes on after a repetition without an upper bound'],
    ['[a-z]+\\b', 'goes on after a repetition without an upper bound'],
    ['a[a-z]+\\b', 'goes on after a repetition without an upper bound'],
    ['(?<=a+)b', 'looks around over a text of any length'],
    ['b(?=.*a)', 'looks around over a text of any length'],
    ['(a)\\1', 'refers back to a group, or is malformed'],
    ['(?<n>a)\\k<n>', 'refers back to a group, or is malformed'],
    ['(?:a{0,9}){9}', 'repeats what varies in length'],
    ['(?:a?){30}', 'repeats what varies in length'],
    ['a?b?c?d?e?f?g?h?i?j?k?', 'can be read in too many ways'],
    ['a'.repeat(1_001), 'is longer than 1000 characters'],
  ])('such as %j may not, since it %s', (source, problem) => {
    expect(whyNotLinear(source)).toBe(problem);
  });
});
