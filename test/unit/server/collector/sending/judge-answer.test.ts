import { describe, expect, it } from 'vitest';
import { judgeAnswer, toSendOutcome } from '../../../../../src/server/collector/sending/judge-answer.js';
import type { VendorOutcome } from '../../../../../src/server/collector/vendor-client.js';

const answered = (httpStatus: number, body?: unknown, retryAfterMs?: number): VendorOutcome => ({
  status: 'answered',
  httpStatus,
  body,
  retryAfterMs,
});
const judged = (outcome: VendorOutcome, isTooOld = false) => {
  const judgement = judgeAnswer(outcome, isTooOld);
  return { judgement, noted: toSendOutcome(outcome, judgement) };
};
const receipt = (status: string) => ({ status, warnings: [] });

describe('an answer of the vendor', () => {
  it.each(['accepted', 'duplicate'])('with a receipt that says %s is an acceptance', (status) => {
    expect(judged(answered(200, receipt(status)))).toEqual({
      judgement: { status: 'accepted', isDuplicate: status === 'duplicate' },
      noted: status,
    });
  });

  it.each([undefined, {}, 'accepted', receipt('maybe'), null])(
    'with status 200 and the body %j leaves open what it means',
    (body) => {
      expect(judged(answered(200, body))).toMatchObject({
        judgement: { status: 'failed', reason: 'malformed_answer' },
        noted: 'unknown',
      });
    },
  );

  it.each([
    [400, 'REQUEST_INVALID'],
    [409, 'REPORT_REVISION'],
    [413, 'REQUEST_TOO_LARGE'],
    [422, 'REQUEST_UNPROCESSABLE'],
  ])('with status %i and the code %s is a refusal for good', (status, code) => {
    expect(judged(answered(status, { code }))).toEqual({
      judgement: { status: 'refused' },
      noted: 'refused',
    });
  });

  it.each([
    [400, undefined],
    [400, {}],
    [400, { code: 'REPORT_REVISION' }],
    [400, { code: 400 }],
    [404, { code: 'REQUEST_NOT_FOUND' }],
    [404, undefined],
    [405, { code: 'REQUEST_METHOD_NOT_ALLOWED' }],
    [407, undefined],
    [409, { code: 'TELEMETRY_STOPPED' }],
    [410, undefined],
    [413, undefined],
    [415, undefined],
    [421, undefined],
    [422, { code: 'constructor' }],
    [451, undefined],
  ])('with status %i and %j, as of a gateway that is set up wrongly, is tried again', (status, body) => {
    expect(judged(answered(status, body))).toMatchObject({
      judgement: { status: 'failed', reason: 'http_status' },
      noted: 'refused',
    });
  });

  it('that it is not the time for a report is tried again: one of the clocks may be set right', () => {
    expect(judged(answered(409, { code: 'REPORT_STALE' }))).toMatchObject({
      judgement: { status: 'failed', reason: 'clock' },
      noted: 'refused',
    });
  });

  it('that it is not the time for a report is a refusal for good of a day that is too old by this clock too', () => {
    expect(judged(answered(409, { code: 'REPORT_STALE' }), true)).toEqual({
      judgement: { status: 'refused' },
      noted: 'refused',
    });
    expect(judged(answered(500), true)).toMatchObject({ judgement: { status: 'failed' } });
  });

  it.each([
    [301, 'refused'],
    [307, 'refused'],
    [425, 'refused'],
    [429, 'refused'],
    // The vendor may have taken it before somebody on the way gave up.
    [408, 'unknown'],
    [500, 'unknown'],
    [502, 'unknown'],
    [503, 'unknown'],
    [504, 'unknown'],
  ])('with status %i is tried again, when it says, and noted as %s', (status, noted) => {
    expect(judged(answered(status, undefined, 7_000))).toEqual({
      judgement: { status: 'failed', reason: 'http_status', retryAfterMs: 7_000 },
      noted,
    });
  });

  it.each([401, 403])('with status %i is about the licence', (status) => {
    expect(judged(answered(status))).toEqual({ judgement: { status: 'unauthorised' }, noted: 'refused' });
  });
});

describe('no answer', () => {
  it.each([
    [true, 'unknown'],
    [false, 'not_sent'],
  ])('is tried again; when something may have left (%s) it is noted as %s', (hasLeft, noted) => {
    expect(judged({ status: 'unanswered', reason: 'timeout', hasLeft })).toMatchObject({
      judgement: { status: 'failed', reason: 'timeout' },
      noted,
    });
  });

  it('to what was withheld is not waited for', () => {
    expect(judged({ status: 'withheld' })).toEqual({ judgement: { status: 'withheld' }, noted: 'withheld' });
  });
});
