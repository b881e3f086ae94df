import { Registry } from 'prom-client';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createVendorClient } from '../../../../src/server/collector/create-vendor-client.js';
import { createLicense } from '../../../../src/server/collector/license/index.js';
import { createLog } from '../../../../src/server/observe/index.js';
import { startUntrustedServer, WAYS } from '../../../support/bad-server.js';
import { findCanaries } from '../../../support/canaries.js';
import {
  type Answer,
  answerWith,
  answerWithJson,
  hangUp,
  RecordingServer,
} from '../../../support/recording-server.js';
import { runProgram } from '../../../support/run-program.js';
import { ACME } from '../../../unit/server/collector/license/acme.js';

const KEY = 'sotto-licence-planted-secret-key';
const HOUR_MS = 3_600_000;

/** A licence over a real connection to a vendor that does what it is told, with a clock that stands still. */
async function open(first: Answer = answerWithJson(ACME), url?: string) {
  const vendor = await RecordingServer.start();
  onTestFinished(() => vendor.close());
  vendor.answer = first;
  const clock = { nowMs: 0 };
  const lines: string[] = [];
  const registry = new Registry();
  const { keeper, health } = createLicense({
    client: createVendorClient({
      url: url ?? vendor.url,
      licenseKey: KEY,
      timeoutMs: 300,
      proxyFor: () => undefined,
    }),
    ttlMs: HOUR_MS,
    graceMs: HOUR_MS,
    now: () => clock.nowMs,
    log: createLog('telemetry_collector', { write: (line) => void lines.push(line) }),
    registry,
  });
  return { vendor, clock, lines, registry, keeper, health };
}

describe('a licence', () => {
  it('is asked for with the key and an empty object', async () => {
    const { vendor, keeper } = await open();
    expect(await keeper.read()).toMatchObject({ state: 'valid', customerId: 'acme', isCached: false });
    expect(vendor.requests).toMatchObject([{ method: 'POST', url: '/validate-license', text: '{}' }]);
    expect(vendor.requests[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
  });

  it('is asked for once in an hour of a thousand reads', async () => {
    const { vendor, clock, keeper } = await open();
    for (let read = 0; read < 1_000; read += 1) {
      expect(await keeper.read()).toMatchObject({ state: 'valid', isCached: read > 0 });
      clock.nowMs += HOUR_MS / 1_000;
    }
    expect(vendor.requests).toHaveLength(1);
    await keeper.read();
    expect(vendor.requests).toHaveLength(2);
  });

  it('is asked for once by a hundred who read it at the same time before anything is known', async () => {
    const { vendor, keeper } = await open();
    await Promise.all(Array.from({ length: 100 }, () => keeper.read()));
    expect(vendor.requests).toHaveLength(1);
  });

  it('is revoked after the time of the cache, or at once after a refresh', async () => {
    const { vendor, clock, keeper } = await open();
    await keeper.read();
    vendor.answer = answerWithJson({ code: 'LICENSE_UNKNOWN' }, 401);
    expect(await keeper.read()).toMatchObject({ state: 'valid' });
    clock.nowMs = HOUR_MS;
    expect(await keeper.read()).toMatchObject({ state: 'invalid' });
    vendor.answer = answerWithJson(ACME);
    expect(await keeper.refresh()).toMatchObject({ state: 'valid' });
    vendor.answer = answerWithJson({ ...ACME, valid: false });
    expect(await keeper.refresh()).toMatchObject({ state: 'invalid' });
  });
});

const SILENT: Record<string, Answer> = {
  'answers with 500': answerWithJson({ error: 'oops' }, 500),
  'answers with 503': answerWith(503),
  'answers with a page': WAYS['a page for people'],
  'answers with half an answer': WAYS['an answer that is cut off'],
  'answers with another form': answerWithJson({ ok: true }),
  'sends elsewhere': answerWith(307, { location: 'http://127.0.0.1:1/' }),
  'is at another address': answerWith(404),
  hangs: WAYS['no answer'],
  'hangs up': hangUp,
  drips: WAYS['an answer that drips'],
};

describe('a vendor that is of no help', () => {
  it.each(Object.entries(SILENT))(
    'and %s keeps what it said for the grace, and no longer',
    async (_, way) => {
      const { vendor, clock, keeper } = await open();
      await keeper.read();
      vendor.answer = way;
      clock.nowMs = HOUR_MS;
      const inGrace = await keeper.read();
      expect(inGrace).toMatchObject({ state: 'valid', isCached: true });
      expect(inGrace.warnings).toContainEqual(expect.stringContaining('does not answer'));
      clock.nowMs = 2 * HOUR_MS;
      expect(await keeper.read()).toMatchObject({ state: 'unknown', customerId: undefined });
      vendor.answer = answerWithJson(ACME);
      clock.nowMs += 10 * 60_000;
      expect(await keeper.read()).toMatchObject({ state: 'valid', isCached: false });
    },
  );

  it.each(Object.entries(SILENT))('and %s is no reason not to start, and none to send', async (_, way) => {
    const { vendor, keeper, health } = await open(way);
    expect(await keeper.read()).toMatchObject({ state: 'unknown' });
    for (let read = 0; read < 50; read += 1) await keeper.read();
    expect(vendor.requests).toHaveLength(1);
    expect(await health.read()).toMatchObject({ status: 'degraded' });
  });

  it('and asks to wait is left alone for so long', async () => {
    const { vendor, clock, keeper } = await open(answerWith(429, { 'retry-after': '900' }));
    await keeper.read();
    clock.nowMs = 899_999;
    await keeper.read();
    expect(vendor.requests).toHaveLength(1);
    clock.nowMs = 900_000;
    await keeper.read();
    expect(vendor.requests).toHaveLength(2);
  });

  it('and has a certificate that nobody vouches for says nothing of the licence', async () => {
    await using untrusted = await startUntrustedServer();
    const { keeper, lines } = await open(answerWithJson(ACME), untrusted.url);
    expect(await keeper.read()).toMatchObject({ state: 'unknown' });
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ event: 'license_check_failed', reason: 'tls' });
  });
});

describe('the key', () => {
  it('is in no line, figure, health or licence, whatever the vendor does', async () => {
    const { vendor, lines, registry, keeper, health } = await open();
    const seen: unknown[] = [];
    for (const way of [answerWithJson(ACME), answerWithJson({}, 401), ...Object.values(SILENT)]) {
      vendor.answer = way;
      seen.push(await keeper.refresh(), keeper.peek(), await health.read());
    }
    const everything = [JSON.stringify(seen), ...lines, await registry.metrics()].join('\n');
    expect(lines.length).toBeGreaterThan(Object.keys(SILENT).length);
    expect(findCanaries(everything, { key: KEY })).toEqual([]);
    // What it looks like where it does belong.
    expect(findCanaries(vendor.everything, { key: KEY })).not.toEqual([]);
  });

  it('is in nothing that a process writes, nor in its name', { timeout: 30_000 }, async () => {
    const { vendor } = await open();
    const run = (env: Readonly<Record<string, string>>) =>
      runProgram(new URL('./programs/look-at-license.ts', import.meta.url), {
        env: { VENDOR_SERVICE_URL: vendor.url, VENDOR_LICENSE_KEY: KEY, ...env },
      });
    const good = await run({});
    expect(good).toMatchObject({ code: 0, stderr: '' });
    expect(good.stdout).toContain('"event":"license_validated_startup","customer":"Acme Corp"');
    vendor.answer = hangUp;
    const bad = await run({});
    expect(bad).toMatchObject({ code: 0, stderr: '' });
    expect(bad.stdout).toContain('"event":"license_check_failed","reason":"network"');
    const refused = await run({ VENDOR_LICENSE_KEY: `${KEY} ${KEY}` });
    expect(refused.stderr).toContain('licenseKey must be');
    const everything = [good, bad, refused].map(({ stdout, stderr }) => stdout + stderr).join('\n');
    expect(findCanaries(everything, { key: KEY })).toEqual([]);
  });
});
