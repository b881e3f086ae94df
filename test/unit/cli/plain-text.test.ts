import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countOf, formatBytes, toAscii, toJson, toPrintable } from '../../../src/cli/plain-text.js';

describe('toAscii', () => {
  it('leaves nothing but ASCII in any text, and ASCII as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(toAscii(text)).toMatch(/^\p{ASCII}*$/u);
        if (/^\p{ASCII}*$/u.test(text)) expect(toAscii(text)).toBe(text);
      }),
    );
  });

  it.each([
    ['✓ done', '* done'],
    ['a – b…', 'a - b...'],
    ['größer 😀', 'gr??er ?'],
  ])('writes %s as %s', (text, expected) => {
    expect(toAscii(text)).toBe(expected);
  });
});

describe('toPrintable', () => {
  it('takes out everything that would steer a terminal', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(toPrintable(text)).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      }),
    );
    expect(toPrintable('a\u001b[31mb\u009bc\nd\u202ee')).toBe('a [31mb c d e');
  });
});

it.each([
  ['\u009b', '"\\u009b"'],
  ['\u2066', '"\\u2066"'],
  ['\u{e0041}', '"\\udb40\\udc41"'],
  ['größer 😀', '"größer 😀"'],
])('writes %j as %s in JSON', (text, expected) => {
  expect(toJson(text)).toBe(expected);
});

it.each([
  [0, '0 files'],
  [1, '1 file'],
  [2, '2 files'],
])('counts %i as %s', (count, expected) => {
  expect(countOf(count, 'file')).toBe(expected);
});

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_000, '1.0 kB'],
  [1_048_576, '1.0 MB'],
])('writes %i bytes as %s', (bytes, expected) => {
  expect(formatBytes(bytes)).toBe(expected);
});
