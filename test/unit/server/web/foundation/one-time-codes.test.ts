import { expect, it } from 'vitest';
import { createOneTimeCodes } from '../../../../../src/server/web/foundation/one-time-codes.js';

it('tells the token once', () => {
  const codes = createOneTimeCodes(() => 0);
  const code = codes.create('token');
  expect([codes.take(code), codes.take(code), codes.take('other')]).toEqual(['token', undefined, undefined]);
});

it('tells nothing after a minute', () => {
  let nowMs = 0;
  const codes = createOneTimeCodes(() => nowMs);
  const [early, late] = [codes.create('a'), codes.create('b')];
  nowMs = 59_999;
  expect(codes.take(early)).toBe('a');
  nowMs = 60_000;
  expect(codes.take(late)).toBeUndefined();
});

it('keeps a bounded number', () => {
  const codes = createOneTimeCodes(() => 0);
  const all = Array.from({ length: 20 }, (_, index) => codes.create(String(index)));
  expect(all.filter((code) => codes.take(code) !== undefined)).toHaveLength(16);
});
