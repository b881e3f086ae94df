import { describe, expect, it } from 'vitest';
import { type SendResult, toSendResult } from '../../../src/delivery/send-result.js';

const resultOf = (status: number, retryAfterMs?: number): SendResult =>
  toSendResult({ kind: 'answered', status, isPage: false, retryAfterMs });

const UNREACHABLE: SendResult = { status: 'retry', isUnreachable: true };

describe('toSendResult', () => {
  it('keeps the events when there was no answer', () => {
    expect(toSendResult({ kind: 'failed' })).toEqual(UNREACHABLE);
  });

  it.each([200, 201, 204])('takes %i for accepted', (status) => {
    expect(resultOf(status)).toEqual({ status: 'accepted' });
  });

  it.each([408, 429, 500, 502, 503, 504])('keeps the events at %i', (status) => {
    expect(resultOf(status)).toEqual({ status: 'retry' });
  });

  it.each([301, 302, 303, 307, 308])('keeps the events at the redirect %i', (status) => {
    expect(resultOf(status, 5_000)).toEqual(UNREACHABLE);
  });

  it.each([200, 202, 204])('takes a page with %i for a closed network', (status) => {
    expect(toSendResult({ kind: 'answered', status, isPage: true, retryAfterMs: 0 })).toEqual(UNREACHABLE);
  });

  it.each([407, 511])('takes %i for a closed network', (status) => {
    expect(resultOf(status, 5_000)).toEqual(UNREACHABLE);
  });

  it('takes a refusal for one also as a page, which web servers send', () => {
    const outcome = { kind: 'answered', status: 403, isPage: true, retryAfterMs: undefined } as const;
    expect(toSendResult(outcome)).toEqual({ status: 'rejected' });
  });

  it.each([400, 401, 403, 404, 410, 422])('takes %i for a refusal that stands', (status) => {
    expect(resultOf(status)).toEqual({ status: 'rejected' });
  });

  it('tells a request that was too large from one that was refused', () => {
    expect(resultOf(413)).toEqual({ status: 'too_large' });
  });

  it.each([429, 503])('hands on how long the server asks to be left alone with %i', (status) => {
    expect(resultOf(status, 0)).toEqual({ status: 'retry', afterMs: 0 });
    expect(resultOf(status, 5_000)).toEqual({ status: 'retry', afterMs: 5_000 });
  });

  it('does not let Retry-After turn a refusal into a promise', () => {
    expect(resultOf(400, 5_000)).toEqual({ status: 'rejected' });
  });
});
