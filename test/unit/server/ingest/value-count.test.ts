import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasMoreValuesThan } from '../../../../src/server/ingest/value-count.js';

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** Counted by what it parses to: each object and list, and each member but the first of its own. */
function countValues(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const members = Object.values(value);
  const separators = Math.max(0, members.length - 1);
  return members.reduce<number>((sum, member) => sum + countValues(member), 1 + separators);
}

describe('the values of a JSON text', () => {
  it.each([
    ['{}', 1],
    ['[[],[]]', 4],
    ['{"a":[1,2,3],"b":{"c":null}}', 6],
    ['"a,b,c"', 0],
    ['["a,\\"[{,\\\\",1]', 2],
    ['["é,ü,{",1]', 2],
  ])('of %s are counted outside its strings', (text, count) => {
    expect(() => JSON.parse(text)).not.toThrow();
    expect(hasMoreValuesThan(count, bytesOf(text))).toBe(false);
    expect(hasMoreValuesThan(count - 1, bytesOf(text))).toBe(true);
  });

  it('are as many as what it parses to has', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const bytes = bytesOf(text);
        const count = countValues(JSON.parse(text));
        return !hasMoreValuesThan(count, bytes) && hasMoreValuesThan(count - 1, bytes);
      }),
    );
  });

  it.each(['"', '"\\', '["a', '{{{', ''])('are counted to the end of a text that is none: %s', (text) => {
    expect(hasMoreValuesThan(100, bytesOf(text))).toBe(false);
  });
});
