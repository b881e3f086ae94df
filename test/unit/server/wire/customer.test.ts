import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CUSTOMER_ID,
  holdsUnseen,
  LicenseAnswerSchema,
  showUnseen,
} from '../../../../src/server/wire/index.js';

describe('the id of a customer', () => {
  it.each(['a', '0', 'acme', 'ACME-2_x', 'a'.repeat(64)])('may be %j', (id) => {
    expect(CUSTOMER_ID.test(id)).toBe(true);
  });

  it.each(['', '-1', '-acme', '_acme', 'a'.repeat(65), 'a b', 'a\n', 'ä', '=1'])('is not %j', (id) => {
    expect(CUSTOMER_ID.test(id)).toBe(false);
  });

  it('is held to by a collector that asks about its licence', () => {
    const answer = (customer_id: string) => ({
      valid: true,
      customer_id,
      customer_name: 'Acme',
      entitlements: { max_teams: -1, max_runs_per_month: -1, features: [] },
      expires_at: null,
      warnings: [],
    });
    expect(LicenseAnswerSchema.safeParse(answer('acme')).success).toBe(true);
    expect(LicenseAnswerSchema.safeParse(answer('-1')).success).toBe(false);
  });
});

describe('what is not seen in a text', () => {
  it.each([
    0x061c, 0x200b, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202e, 0x2060, 0x2066, 0x2069, 0xfeff, 0xe0041,
  ])('is the code point %i, as often as it stands there', (codePoint) => {
    const unseen = String.fromCodePoint(codePoint);
    const text = `a${unseen}b${unseen}`;
    expect([holdsUnseen(text), holdsUnseen(text)]).toEqual([true, true]);
    expect(showUnseen(text)).toBe('a\ufffdb\ufffd');
  });

  it.each(['Größe & 株式会社 𝒳', 'שלום', 'می\u200cخواهم', '👩\u200d💻'])('is nothing of %s', (text) => {
    expect([holdsUnseen(text), showUnseen(text)]).toEqual([false, text]);
  });

  it('is nothing of a text that was made to show it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(holdsUnseen(showUnseen(text))).toBe(false);
        expect(showUnseen(text) === text).toBe(!holdsUnseen(text));
      }),
    );
  });
});
