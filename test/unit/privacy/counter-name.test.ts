import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCounterName } from '../../../src/privacy/index.js';

describe('the name of a counter', () => {
  it.each([
    [' Toolkit.Launch ', 'toolkit.launch'],
    ['__proto__', '__proto__'],
    ['constructor', 'constructor'],
    ['toString', 'tostring'],
    ['scene:enter', 'scene:enter'],
  ])('of %j is %j', (text, name) => {
    expect(toCounterName(text)).toBe(name);
  });

  it.each([
    [''],
    ['   '],
    ['two words'],
    ['🎉'],
    ['x'.repeat(65)],
    ['x'.repeat(10_000)],
    ['ada@example.com'],
    ['/home/ada/secret.txt'],
    ['\ud800'],
    ['a\0b'],
    // Known by their spelling alone.
    ['AKIAIOSFODNN7EXAMPLE'],
    ['AIzaSyD-9tSrkeXhnZ1yzD0bFsWc7b1mFrVQ8a4'],
    [7],
    [null],
    [undefined],
    [{ toString: () => 'a' }],
  ])('is none for %j', (text) => {
    expect(toCounterName(text)).toBeUndefined();
  });

  it('is the same again when it is made of itself', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 70 }), (text) => {
        const name = toCounterName(text);
        if (name !== undefined) expect(toCounterName(name)).toBe(name);
      }),
    );
  });
});
