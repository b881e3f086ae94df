import { describe, expect, it } from 'vitest';
import { type SendParts, sendOnce } from '../../../../../src/server/collector/sending/send-once.js';
import type { VendorOutcome, VendorRequest } from '../../../../../src/server/collector/vendor-client.js';
import type { Lease, SendEnd } from '../../../../../src/server/db/collector/index.js';

const LEASE: Lease = { holder: '5e2f3c1a-8a0e-4a52-9a43-3d1f0b6f7c11', fence: 1 };
const NOW_MS = Date.parse('2026-01-11T12:00:00Z');
const RECEIPT = { status: 'accepted', warnings: [] };
const ACCEPTED: VendorOutcome = {
  status: 'answered',
  httpStatus: 200,
  retryAfterMs: undefined,
  body: RECEIPT,
};

/** What a vendor, reached by a connection that stands, makes of a request. */
type Post = (start: (send: () => void) => Promise<boolean>) => Promise<VendorOutcome>;

/** One attempt among parts that work, but for those that are given. */
async function attempt(post: Post, given: Partial<Record<'license' | 'isHeld' | 'line', unknown>> = {}) {
  const { license = () => 'valid', isHeld = () => true, line = { sendId: 1, idempotencyKey: 'key' } } = given;
  const ends: SendEnd[] = [];
  const parts = {
    reports: {
      startWhileDecided: async (_: string, start: () => void) => {
        start();
        return true;
      },
    },
    ledger: {
      readKey: async () => undefined,
      begin: async () => line ?? undefined,
      finish: async (_: Lease, __: number, end: SendEnd) => {
        ends.push(end);
        return true;
      },
    },
    license: {
      peek: () => ({ state: (license as () => string)(), customerId: 'acme' }),
      markInvalid: () => {},
    },
    client: { post: ({ start }: VendorRequest) => post(start as Parameters<Post>[0]) },
    leaseHolder: { keep: async () => LEASE, isHeld, release: async () => {} },
    onBuilt: () => {},
    onUnnoted: () => {},
    now: () => NOW_MS,
    monotonic: () => 0,
    signal: new AbortController().signal,
  };
  const outgoing = {
    report: { kind: 'daily', periodStartMs: NOW_MS - 36 * 3_600_000, revision: 1 },
    path: '/telemetry/analytics',
    build: async () => ({ payload: {}, decisions: '1.1.0.0' }),
  } as never;
  const result = await sendOnce(outgoing, LEASE, parts as unknown as SendParts);
  return { result, end: ends[0] };
}

const sendAtOnce: Post = async (start) => {
  const isStarted = await start(() => {});
  return isStarted ? ACCEPTED : { status: 'withheld' };
};

describe('one attempt to send', () => {
  it('is made when everything allows it', async () => {
    const { result, end } = await attempt(sendAtOnce);
    expect(result).toMatchObject({ status: 'accepted', isDuplicate: false });
    expect(end).toEqual({ outcome: 'accepted', httpStatus: 200, state: 'accepted' });
  });

  it('is withheld when the licence has ended between the count and the start', async () => {
    // The first look is before the count.
    const states = ['valid', 'invalid'];
    const { result, end } = await attempt(sendAtOnce, { license: () => states.shift() ?? 'invalid' });
    expect(result).toEqual({ status: 'withheld', reason: 'license' });
    expect(end).toMatchObject({ outcome: 'withheld', state: 'open' });
  });

  it('that was given up is not started by whoever asks late', async () => {
    let startLate = async () => {};
    const sent: string[] = [];
    await attempt(async (start) => {
      startLate = async () => {
        await start(() => sent.push('late'));
      };
      return { status: 'unanswered', reason: 'timeout', hasLeft: false };
    });
    await startLate();
    expect(sent).toEqual([]);
  });

  it.each([
    [true, 'decision'],
    [false, 'lease'],
  ])(
    'that the ledger does not begin is withheld: while the lease is held (%s) because of a %s',
    async (isHeld, reason) => {
      const held = { isHeld: () => isHeld, line: null };
      const { result } = await attempt(sendAtOnce, held);
      expect(result).toEqual({ status: 'withheld', reason });
    },
  );
});
