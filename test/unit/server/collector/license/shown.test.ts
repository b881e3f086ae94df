import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { createLicense } from '../../../../../src/server/collector/license/index.js';
import type { VendorOutcome } from '../../../../../src/server/collector/vendor-client.js';
import { ACME } from './acme.js';

const OK: VendorOutcome = { status: 'answered', httpStatus: 200, retryAfterMs: undefined, body: ACME };
const UNKNOWN: VendorOutcome = { ...OK, httpStatus: 401 };
const DOWN: VendorOutcome = { status: 'unanswered', reason: 'timeout', hasLeft: true };

function open() {
  const world = { says: DOWN, asked: 0, nowMs: 0 };
  const registry = new Registry();
  const client = {
    async post() {
      world.asked += 1;
      return world.says;
    },
  };
  const now = () => world.nowMs;
  const { keeper, health } = createLicense({ client, ttlMs: 60_000, graceMs: 60_000, now, registry });
  return { world, registry, keeper, health };
}

describe('the health of a licence', () => {
  it('is good while it is valid, and tells nobody who the customer is', async () => {
    const { world, keeper, health } = open();
    world.says = OK;
    await keeper.read();
    expect(health.name).toBe('license');
    expect(await health.read()).toEqual({
      status: 'ok',
      details: { state: 'valid', expires_at: '2027-01-01T00:00:00Z', cached: true },
    });
  });

  it('is degraded, and not down, while it is invalid or nothing is known of it', async () => {
    const { world, keeper, health } = open();
    expect(await health.read()).toEqual({
      status: 'degraded',
      details: { state: 'unknown', expires_at: null, cached: false },
    });
    world.says = UNKNOWN;
    await keeper.read();
    expect(await health.read()).toMatchObject({ status: 'degraded', details: { state: 'invalid' } });
  });

  it('asks no vendor, however often it is read and however old the answer is', async () => {
    const { world, keeper, health } = open();
    world.says = OK;
    await keeper.read();
    world.nowMs = 3_600_000;
    for (let probe = 0; probe < 100; probe += 1) await health.read();
    expect(world.asked).toBe(1);
  });
});

describe('the figures of a licence', () => {
  it('begin at zero', async () => {
    const text = await open().registry.metrics();
    for (const outcome of ['valid', 'invalid', 'unanswered'])
      expect(text).toContain(`sotto_license_checks_total{outcome="${outcome}"} 0`);
    expect(text).toMatch(/^sotto_license_valid 0$/m);
  });

  it('count what came of each question, and say whether it is valid now', async () => {
    const { world, registry, keeper } = open();
    await keeper.refresh();
    world.says = OK;
    await keeper.refresh();
    await keeper.refresh();
    const text = await registry.metrics();
    expect(text).toContain('sotto_license_checks_total{outcome="unanswered"} 1');
    expect(text).toContain('sotto_license_checks_total{outcome="valid"} 2');
    expect(text).toMatch(/^sotto_license_valid 1$/m);
    world.nowMs = 120_000;
    expect(await registry.metrics()).toMatch(/^sotto_license_valid 0$/m);
    expect(world.asked).toBe(3);
  });
});
