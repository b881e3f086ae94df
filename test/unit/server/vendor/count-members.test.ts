import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countMembers, countMembersOfText } from '../../../../src/server/vendor/receiving/count-members.js';

describe('members', () => {
  it('are as many in a value as in the text of it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(countMembersOfText(text)).toBe(countMembers(JSON.parse(text)));
      }),
    );
  });

  it.each([
    ['{"a":1,"a":1}', 2],
    ['{"a" \n : {"b":[{"c":"d"}]}}', 3],
    ['{"a":"b\\":","c\\\\":1}', 2],
    ['["a","b:"]', 0],
    ['{"__proto__":1}', 1],
    ['"a:"', 0],
  ])('of %s count each time they are said', (text, members) => {
    expect(countMembersOfText(text)).toBe(members);
  });
});
