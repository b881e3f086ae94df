import { describe, expect, it } from 'vitest';
import { toLicenseVerdict } from '../../../../../src/server/collector/license/license-verdict.js';
import type { VendorOutcome } from '../../../../../src/server/collector/vendor-client.js';
import { ACME } from './acme.js';

const answered = (httpStatus: number, body?: unknown, retryAfterMs?: number): VendorOutcome => ({
  status: 'answered',
  httpStatus,
  body,
  retryAfterMs,
});

describe('an answer about the licence', () => {
  it('is what a 200 of the agreed form says', () => {
    expect(toLicenseVerdict(answered(200, ACME))).toEqual({ status: 'valid', answer: ACME });
    const revoked = { ...ACME, valid: false };
    expect(toLicenseVerdict(answered(200, revoked))).toEqual({ status: 'invalid', answer: revoked });
  });

  it('may have members that are not known, which are left out', () => {
    const entitlements = { ...ACME.entitlements, max_planets: 3 };
    const verdict = toLicenseVerdict(answered(200, { ...ACME, entitlements, moon: true }));
    expect(verdict).toEqual({ status: 'valid', answer: ACME });
  });

  it.each([401, 403])('is a no with the status %d, whatever its body says', (httpStatus) => {
    const invalid = { status: 'invalid', answer: undefined };
    expect(toLicenseVerdict(answered(httpStatus, ACME))).toEqual(invalid);
    expect(toLicenseVerdict(answered(httpStatus))).toEqual(invalid);
  });

  it.each([201, 204, 301, 302, 307, 400, 404, 407, 408, 429, 500, 502, 503])(
    'is none with the status %d',
    (httpStatus) => {
      expect(toLicenseVerdict(answered(httpStatus, ACME, 7_000))).toEqual({
        status: 'unanswered',
        reason: 'unreadable',
        httpStatus,
        retryAfterMs: 7_000,
      });
    },
  );

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a list', [ACME]],
    ['no word on whether it is valid', { ...ACME, valid: undefined }],
    ['valid as a text', { ...ACME, valid: 'true' }],
    ['no entitlements', { ...ACME, entitlements: undefined }],
    ['a limit below -1', { ...ACME, entitlements: { ...ACME.entitlements, max_teams: -2 } }],
    ['an id that is none', { ...ACME, customer_id: '../acme' }],
    ['a time that is none', { ...ACME, expires_at: 'soon' }],
    ['an endless name', { ...ACME, customer_name: 'A'.repeat(129) }],
  ])('is none when its body has %s', (_, body) => {
    expect(toLicenseVerdict(answered(200, body))).toMatchObject({
      status: 'unanswered',
      reason: 'unreadable',
    });
  });

  it.each(['network', 'timeout', 'tls'] as const)('did not come for a reason: %s', (reason) => {
    const verdict = toLicenseVerdict({ status: 'unanswered', reason, hasLeft: true });
    expect(verdict).toMatchObject({ status: 'unanswered', reason, httpStatus: undefined });
  });
});
