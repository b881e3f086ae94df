import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bearerTokenOf, hasToken } from '../../../../src/server/http/guards/bearer-token.js';

const TOKEN = 'nGzY2mWc3b0V1h6x9QdJk4sT7uLpRfEaIoC8yXvZ5wA';

describe('the token', () => {
  it.each([`Bearer ${TOKEN}`, `bearer ${TOKEN}`, `Bearer  ${TOKEN} `])('is taken from %j', (header) => {
    expect(hasToken(header, TOKEN)).toBe(true);
    expect(bearerTokenOf(header)).toBe(TOKEN);
  });

  it.each([
    undefined,
    '',
    'Bearer',
    'Bearer ',
    TOKEN,
    `Basic ${TOKEN}`,
    `Bearer ${TOKEN}x`,
    `Bearer ${TOKEN} x`,
  ])('is not in %j', (header) => {
    expect(hasToken(header, TOKEN)).toBe(false);
  });

  it('is not in any other text', () => {
    fc.assert(
      fc.property(fc.string(), (sent) => {
        fc.pre(sent.trim() !== TOKEN);
        expect(hasToken(`Bearer ${sent}`, TOKEN)).toBe(false);
      }),
    );
  });

  it('is nobody’s as long as none was made', () => {
    for (const header of [undefined, 'Bearer undefined', 'Bearer '])
      expect(hasToken(header, undefined)).toBe(false);
  });
});
