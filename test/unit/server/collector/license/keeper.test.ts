import { describe, expect, it } from 'vitest';
import { createLicenseKeeper } from '../../../../../src/server/collector/license/index.js';
import type { VendorOutcome, VendorRequest } from '../../../../../src/server/collector/vendor-client.js';
import type { LogFields } from '../../../../../src/server/observe/index.js';
import type { LicenseAnswer } from '../../../../../src/server/wire/index.js';
import { ACME } from './acme.js';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

const answer = (body: unknown = ACME, httpStatus = 200, retryAfterMs?: number): VendorOutcome => ({
  status: 'answered',
  httpStatus,
  retryAfterMs,
  body,
});
const DOWN: VendorOutcome = { status: 'unanswered', reason: 'network', hasLeft: false };
const REVOKED: LicenseAnswer = { ...ACME, valid: false };

/** A keeper, a vendor that says what it is told to say, and a clock. */
function openKeeper(first: VendorOutcome = answer()) {
  const world = {
    says: first,
    nowMs: 5_000,
    asked: [] as VendorRequest[],
    checks: [] as string[],
    lines: [] as { event: string; fields: LogFields | undefined }[],
  };
  const client = {
    async post(request: VendorRequest) {
      world.asked.push(request);
      return world.says;
    },
  };
  const write = (event: string, fields?: LogFields) => void world.lines.push({ event, fields });
  const keeper = createLicenseKeeper({
    client,
    ttlMs: HOUR_MS,
    graceMs: HOUR_MS,
    now: () => world.nowMs,
    log: { info: write, warn: write },
    onChecked: (status) => world.checks.push(status),
  });
  return { world, keeper };
}

describe('a licence that is asked for', () => {
  it('is what the vendor says', async () => {
    const { world, keeper } = openKeeper();
    expect(await keeper.read()).toEqual({
      state: 'valid',
      customerId: 'acme',
      customerName: 'Acme Corp',
      entitlements: ACME.entitlements,
      expiresAt: '2027-01-01T00:00:00Z',
      warnings: ['Ends in a year.'],
      isCached: false,
    });
    expect(world.asked).toEqual([{ path: '/validate-license', body: '{}' }]);
  });

  it('is asked for once within the time of the cache, however often it is read', async () => {
    const { world, keeper } = openKeeper();
    await keeper.read();
    for (let read = 0; read < 1_000; read += 1) {
      world.nowMs += HOUR_MS / 1_001;
      expect(await keeper.read()).toMatchObject({ state: 'valid', isCached: true });
    }
    expect(world.asked).toHaveLength(1);
    world.nowMs = 5_000 + HOUR_MS;
    expect(await keeper.read()).toMatchObject({ isCached: false });
    expect(world.asked).toHaveLength(2);
  });

  it('is asked for once by a hundred who read it at the same time', async () => {
    const { world, keeper } = openKeeper();
    const reads = await Promise.all(Array.from({ length: 100 }, () => keeper.read()));
    expect(new Set(reads.map(({ state }) => state))).toEqual(new Set(['valid']));
    expect(world.asked).toHaveLength(1);
    await Promise.all([keeper.refresh(), keeper.refresh()]);
    expect(world.asked).toHaveLength(2);
  });

  it('is kept as long for one who is refused', async () => {
    const { world, keeper } = openKeeper(answer(undefined, 401));
    for (let read = 0; read < 10; read += 1) expect(await keeper.read()).toMatchObject({ state: 'invalid' });
    expect(world.asked).toHaveLength(1);
  });

  it('is not asked for by a look at it', async () => {
    const { world, keeper } = openKeeper();
    expect(keeper.peek()).toMatchObject({ state: 'unknown', isCached: false, warnings: [] });
    await keeper.read();
    world.nowMs += 90 * MINUTE_MS;
    expect(keeper.peek()).toMatchObject({ state: 'valid', isCached: true });
    world.nowMs += HOUR_MS;
    expect(keeper.peek()).toMatchObject({ state: 'unknown' });
    expect(world.asked).toHaveLength(1);
  });

  it('counts as the vendor says although it should have ended by the clock here', async () => {
    const { keeper } = openKeeper(answer({ ...ACME, expires_at: '2001-01-01T00:00:00Z' }));
    expect(await keeper.read()).toMatchObject({ state: 'valid', expiresAt: '2001-01-01T00:00:00Z' });
  });
});

describe('a licence that is revoked', () => {
  it.each([
    ['says so', answer(REVOKED)],
    ['does not know it', answer(undefined, 401)],
    ['forbids it', answer(undefined, 403)],
  ])('is invalid once the time of the cache is over and the vendor %s', async (_, outcome) => {
    const { world, keeper } = openKeeper();
    await keeper.read();
    world.says = outcome;
    expect(await keeper.read()).toMatchObject({ state: 'valid' });
    world.nowMs += HOUR_MS;
    expect(await keeper.read()).toMatchObject({ state: 'invalid', isCached: false });
  });

  it('is invalid at once after a refresh', async () => {
    const { world, keeper } = openKeeper();
    await keeper.read();
    world.says = answer(REVOKED);
    expect(await keeper.refresh()).toMatchObject({ state: 'invalid', customerName: 'Acme Corp' });
    expect(await keeper.read()).toMatchObject({ state: 'invalid', isCached: true });
    world.says = answer();
    expect(await keeper.refresh()).toMatchObject({ state: 'valid' });
  });

  it('stays invalid while the vendor does not answer, for however long', async () => {
    const { world, keeper } = openKeeper(answer(REVOKED));
    await keeper.read();
    world.says = DOWN;
    world.nowMs += 100 * HOUR_MS;
    expect(await keeper.read()).toMatchObject({ state: 'invalid' });
  });

  it('is invalid as soon as a report was refused for it, and until the vendor says otherwise', async () => {
    const { world, keeper } = openKeeper();
    await keeper.read();
    keeper.markInvalid();
    expect(keeper.peek()).toMatchObject({ state: 'invalid', entitlements: undefined });
    expect(await keeper.read()).toMatchObject({ state: 'invalid', isCached: true });
    expect(world.asked).toHaveLength(1);
    world.nowMs += HOUR_MS;
    expect(await keeper.read()).toMatchObject({ state: 'valid' });
  });
});

describe('a vendor that does not answer', () => {
  it.each([
    ['no connection', DOWN],
    ['no answer in time', { status: 'unanswered', reason: 'timeout', hasLeft: true }],
    ['a bad certificate', { status: 'unanswered', reason: 'tls', hasLeft: false }],
    ['500', answer(ACME, 500)],
    ['404', answer(ACME, 404)],
    ['a redirect', answer(ACME, 302)],
    ['429', answer(ACME, 429)],
    ['nonsense', answer('OK')],
  ] as const)('leaves what it said for the time of the cache and the grace: %s', async (_, outcome) => {
    const { world, keeper } = openKeeper();
    await keeper.read();
    world.says = outcome;
    world.nowMs += HOUR_MS;
    const inGrace = await keeper.read();
    expect(inGrace).toMatchObject({ state: 'valid', isCached: true, customerName: 'Acme Corp' });
    expect(inGrace.warnings).toEqual(['Ends in a year.', expect.stringContaining('does not answer')]);
    world.nowMs += HOUR_MS;
    expect(await keeper.read()).toEqual({
      state: 'unknown',
      customerId: undefined,
      customerName: undefined,
      entitlements: undefined,
      expiresAt: null,
      warnings: [expect.stringContaining('has not answered')],
      isCached: false,
    });
  });

  it('is unknown from the start, and known when it answers', async () => {
    const { world, keeper } = openKeeper(DOWN);
    expect(await keeper.read()).toMatchObject({ state: 'unknown', customerId: undefined });
    world.says = answer();
    world.nowMs += 30_000;
    expect(await keeper.read()).toMatchObject({ state: 'valid', warnings: ['Ends in a year.'] });
  });

  it('is left alone for half a minute, then twice as long, up to ten minutes', async () => {
    const { world, keeper } = openKeeper(DOWN);
    const pauses: number[] = [];
    let lastMs = world.nowMs;
    await keeper.read();
    while (pauses.length < 7) {
      world.nowMs += 1_000;
      await keeper.read();
      if (world.asked.length === pauses.length + 1) continue;
      pauses.push((world.nowMs - lastMs) / 1_000);
      lastMs = world.nowMs;
    }
    expect(pauses).toEqual([30, 60, 120, 240, 480, 600, 600]);
  });

  it('is left alone for as long as it asks', async () => {
    const { world, keeper } = openKeeper(answer(undefined, 429, 20 * MINUTE_MS));
    await keeper.read();
    world.nowMs += 20 * MINUTE_MS - 1;
    await keeper.read();
    expect(world.asked).toHaveLength(1);
    world.nowMs += 1;
    await keeper.read();
    expect(world.asked).toHaveLength(2);
  });

  it('is asked all the same by a refresh, which says that it is what was said before', async () => {
    const { world, keeper } = openKeeper();
    await keeper.read();
    world.says = DOWN;
    expect(await keeper.refresh()).toMatchObject({ state: 'valid', isCached: true });
    await keeper.refresh();
    expect(world.asked).toHaveLength(3);
  });

  it('is asked again after the usual pause once it has answered in between', async () => {
    const { world, keeper } = openKeeper(DOWN);
    for (const _ of [1, 2, 3, 4]) await keeper.refresh();
    world.says = answer();
    await keeper.refresh();
    world.says = DOWN;
    world.nowMs += HOUR_MS;
    await keeper.read();
    const asked = world.asked.length;
    world.nowMs += 30_000;
    await keeper.read();
    expect(world.asked).toHaveLength(asked + 1);
  });
});

describe('a clock that is set back', () => {
  it('keeps no old answer for ever', async () => {
    const { world, keeper } = openKeeper();
    world.nowMs = 10 * HOUR_MS;
    await keeper.read();
    world.nowMs = HOUR_MS;
    expect(keeper.peek()).toMatchObject({ state: 'unknown' });
    world.says = answer(REVOKED);
    expect(await keeper.read()).toMatchObject({ state: 'invalid' });
  });

  it('keeps nobody from asking for ever', async () => {
    const { world, keeper } = openKeeper(DOWN);
    world.nowMs = 10 * HOUR_MS;
    await keeper.read();
    world.nowMs = HOUR_MS;
    world.says = answer();
    expect(await keeper.read()).toMatchObject({ state: 'valid' });
  });
});

describe('what is told of it', () => {
  it('is each question, and each change', async () => {
    const { world, keeper } = openKeeper(answer(undefined, 503, 90_500));
    await keeper.read();
    world.says = answer();
    await keeper.refresh();
    await keeper.refresh();
    keeper.markInvalid();
    world.says = answer(REVOKED);
    await keeper.refresh();
    expect(world.checks).toEqual(['unanswered', 'valid', 'valid', 'invalid']);
    expect(world.lines).toEqual([
      {
        event: 'license_check_failed',
        fields: { reason: 'unreadable', http_status: 503, retry_in_seconds: 91 },
      },
      { event: 'license_state_changed', fields: { state: 'valid' } },
      { event: 'license_state_changed', fields: { state: 'invalid' } },
    ]);
  });
});

describe('a licence that nobody waits for any more', () => {
  it('is given up, which says nothing about the vendor, and not asked for again', async () => {
    const end = new AbortController();
    const lines: string[] = [];
    const keeper = createLicenseKeeper({
      client: {
        post: ({ signal }) =>
          new Promise((resolve) => {
            const giveUp = () => resolve({ status: 'unanswered', reason: 'network', hasLeft: true });
            signal?.addEventListener('abort', giveUp);
            if (signal?.aborted) giveUp();
          }),
      },
      ttlMs: HOUR_MS,
      graceMs: HOUR_MS,
      now: () => 5_000,
      log: { info: (event) => void lines.push(event), warn: (event) => void lines.push(event) },
      signal: end.signal,
    });
    const read = keeper.read();
    end.abort();
    expect(await read).toMatchObject({ state: 'unknown', warnings: [] });
    expect(await keeper.read()).toMatchObject({ state: 'unknown' });
    expect(lines).toEqual([]);
  });
});
