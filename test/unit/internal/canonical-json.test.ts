import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256, toCanonicalJson } from '../../../src/internal/index.js';

/** Its declarations call a default export what Node.js gives as the module itself. */
const reference = canonicalize as unknown as (value: object) => string;

describe('the canonical text of a JSON value', () => {
  it('is that of the reference implementation, whatever the value', () => {
    const anyJson = fc.jsonValue({ stringUnit: 'binary', maxDepth: 5 });
    fc.assert(
      fc.property(anyJson, (value) => {
        expect(toCanonicalJson([value])).toBe(reference([value]));
      }),
    );
  });

  it.each([
    [
      'members that look like numbers',
      '{"10":1,"9":2,"1":3,"__proto__":4,"":5,"\\u20ac":6,"\\ud83d\\ude00":7}',
    ],
    ['numbers', '[-0,1e21,1e-7,0.1,5e-324,1.7976931348623157e308,9007199254740993,100.0]'],
    ['texts', '["\\u0000\\u001f\\"\\\\\\/\\u007f\\u2028","\\ud800","\\udc00x","é","\\ud83d\\ude00"]'],
    ['things in things', '[[],{},[{}],{"b":[1,[2]],"a":null},true,false]'],
  ])('is that of the reference implementation for %s', (_, text) => {
    const value = JSON.parse(text);

    expect(toCanonicalJson(value)).toBe(reference(value));
  });

  it('leaves out what is undefined, and knows no number beyond all bounds', () => {
    expect(toCanonicalJson({ b: 1, a: undefined })).toBe('{"b":1}');
    expect(() => toCanonicalJson(JSON.parse('[1e999]'))).toThrow(RangeError);
  });
});

describe('the digest of a text', () => {
  it('is SHA-256 of its UTF-8', () => {
    expect(sha256('é')).toBe('4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c');
  });
});
