import { describe, expect, it } from 'vitest';
import { readIdempotencyKey, readRevision } from '../../../../src/server/vendor/receiving/report-headers.js';

const KEY = '0b9b1c1e-7f0a-4c63-9a3c-5d4f0e6a1b2c';

describe('what a report says beside its body', () => {
  it('is a key, however it is spelled, and a revision that is 1 unless it is given', () => {
    expect(readIdempotencyKey(new Headers({ 'idempotency-key': KEY.toUpperCase() }))).toBe(KEY);
    expect(readRevision(new Headers())).toBe(1);
    expect(readRevision(new Headers({ 'sotto-report-revision': '12' }))).toBe(12);
  });

  it.each([undefined, '', 'report-of-monday', `${KEY} `.repeat(2), KEY.slice(1)])('no key: %j', (key) => {
    const headers = new Headers(key === undefined ? {} : { 'idempotency-key': key });
    expect(() => readIdempotencyKey(headers)).toThrow(
      expect.objectContaining({ code: 'REQUEST_UNPROCESSABLE' }),
    );
  });

  it.each(['0', '-1', '1.0', '01', 'one', '1001', '99999'])('no revision: %j', (revision) => {
    expect(() => readRevision(new Headers({ 'sotto-report-revision': revision }))).toThrow(
      expect.objectContaining({ code: 'REQUEST_UNPROCESSABLE' }),
    );
  });
});
