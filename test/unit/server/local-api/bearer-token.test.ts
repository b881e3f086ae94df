import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assertToken } from '../../../../src/server/local-api/guards/bearer-token.js';

const TOKEN = 'nGzY2mWc3b0V1h6x9QdJk4sT7uLpRfEaIoC8yXvZ5wA';

describe('the token', () => {
  it.each([`Bearer ${TOKEN}`, `bearer ${TOKEN}`, `Bearer  ${TOKEN} `])('is taken from %j', (header) => {
    expect(() => assertToken(header, TOKEN, undefined)).not.toThrow();
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
    expect(() => assertToken(header, TOKEN, undefined)).toThrow(
      expect.objectContaining({ code: 'REQUEST_UNAUTHORIZED' }),
    );
  });

  it('is nobody’s as long as none was made', () => {
    for (const header of [undefined, 'Bearer undefined', 'Bearer '])
      expect(() => assertToken(header, undefined, undefined)).toThrow();
  });

  it('names the command that prints it, and nothing that was sent', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 8 }), (sent) => {
        fc.pre(!'"Authorization: Bearer <token>"'.includes(sent));
        try {
          assertToken(`Bearer ${sent}`, TOKEN, 'acme telemetry');
        } catch (error) {
          const { message } = error as Error;
          expect(message).toContain('acme telemetry token');
          expect(message).not.toContain(TOKEN);
          return;
        }
        throw new Error('it was let through');
      }),
    );
  });
});
