import { describe, expect, it } from 'vitest';
import type { Collector } from '../../../../../src/server/collector/index.js';
import { DATE, START_MS, setStage } from './stage.js';
import { answerJson, type Script, type VendorDouble } from './vendor-double.js';

/** A clock that goes on from one run to the next. */
function createHands() {
  let passedMs = 0;
  return {
    effects: { now: () => START_MS + passedMs, monotonic: () => passedMs, random: () => 0.999 },
    pass: (durationMs: number) => {
      passedMs += durationMs;
    },
  };
}

const BOTH = ['/telemetry/heartbeat', '/telemetry/analytics'] as const;
const breakBoth = (vendor: VendorDouble, script: Script | undefined) => {
  for (const path of BOTH) vendor.answerWith(path, script);
};
const runTimes = async (collector: Collector, count: number) => {
  for (let run = 0; run < count; run += 1) await collector.runOnce();
};

describe('a vendor that fails for now', () => {
  it.each<[string, Script]>([
    ['answers 500', (response) => answerJson(response, 500, {})],
    ['answers 503 with a page', (response) => response.writeHead(503).end('<html>')],
    ['sends elsewhere', (response) => response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end()],
    ['is hidden by a gateway that knows no such path', (response) => response.writeHead(404).end('<html>')],
    ['hangs up', (response) => response.destroy()],
    ['never answers', () => {}],
    ['says 200 and no more', (response) => answerJson(response, 200, {})],
    [
      'accepts, and hangs up',
      (response, accept) => {
        accept();
        response.destroy();
      },
    ],
    [
      'accepts, and says nonsense',
      (response, accept) => {
        accept();
        response.writeHead(200).end('{"status":"acc');
      },
    ],
  ])(
    'and %s is tried again later with the same key and gets the day once; its heartbeats are dropped',
    async (_, script) => {
      await using stage = await setStage();
      const { vendor } = stage;
      const { effects, pass } = createHands();
      const collector = stage.create({ effects, timeoutMs: 400 });
      breakBoth(vendor, script);
      const first = await collector.runOnce();
      expect(first.heartbeat?.status).toBe('failed');
      expect(first.days).toMatchObject([{ dateUtc: DATE, result: { status: 'failed' } }]);
      // Not at once.
      await collector.runOnce();
      expect(vendor.arrivedAt('/telemetry/analytics')).toHaveLength(1);
      pass(60_000);
      await collector.runOnce();
      expect(vendor.arrivedAt('/telemetry/analytics')).toHaveLength(2);

      breakBoth(vendor, undefined);
      pass(120_000);
      const last = await collector.runOnce();
      expect(last.heartbeat?.status).toBe('accepted');
      expect(last.days).toMatchObject([{ dateUtc: DATE, result: { status: 'accepted' } }]);
      pass(3_600_000);
      expect((await collector.runOnce()).days).toEqual([]);

      expect(vendor.acceptedOf('daily')).toHaveLength(1);
      expect(
        new Set(vendor.arrivedAt('/telemetry/analytics').map(({ headers }) => headers['idempotency-key']))
          .size,
      ).toBe(1);
      const beats = vendor.arrivedAt('/telemetry/heartbeat');
      expect(new Set(beats.map(({ headers }) => headers['idempotency-key'])).size).toBe(beats.length);
    },
    60_000,
  );

  it('and is not there is waited for longer and longer, up to an hour, without a word of where it is', async () => {
    await using stage = await setStage();
    const { effects, pass } = createHands();
    const collector = stage.create({ effects, licenseGraceSeconds: 604_800 } as never);
    await collector.license.read();
    await stage.vendor.close();
    const waits: number[] = [];
    for (let run = 0; run < 8; run += 1) {
      await collector.runOnce();
      const told = stage.linesOf('report_failed').filter(({ kind }) => kind === 'daily');
      waits.push(Number(told.at(-1)?.retry_in_seconds));
      pass(Number(told.at(-1)?.retry_in_seconds) * 1_000);
    }
    expect(waits).toEqual([60, 120, 240, 480, 960, 1919, 3597, 3597]);
    expect(stage.linesOf('report_failed')[0]).toMatchObject({ kind: 'heartbeat', reason: 'network' });
    expect(JSON.stringify(stage.lines)).not.toMatch(/127\.0\.0\.1|ECONN|key-of/);
    expect(await stage.test.query('SELECT DISTINCT outcome FROM sotto_collector.sends')).toEqual([
      { outcome: 'not_sent' },
    ]);
  });

  it('and asks with 429 to wait is not asked again before, for any report', async () => {
    await using stage = await setStage();
    const { vendor } = stage;
    const { effects, pass } = createHands();
    const collector = stage.create({ effects });
    vendor.answerWith('/telemetry/analytics', (response) =>
      response.writeHead(429, { 'retry-after': '600' }).end(),
    );
    await collector.runOnce();
    expect(stage.linesOf('report_failed')).toMatchObject([
      { kind: 'daily', reason: 'http_status', http_status: 429, retry_in_seconds: 600 },
    ]);
    vendor.answerWith('/telemetry/analytics', undefined);
    const before = vendor.reports().length;
    pass(599_000);
    await collector.runOnce();
    expect(vendor.reports()).toHaveLength(before);
    pass(1_001);
    expect((await collector.runOnce()).days).toMatchObject([{ result: { status: 'accepted' } }]);
  });
});

describe('a vendor that asks to wait when it gets a heartbeat', () => {
  it('is not sent the day right after it', async () => {
    await using stage = await setStage();
    const { effects, pass } = createHands();
    const collector = stage.create({ effects });
    stage.vendor.answerWith('/telemetry/heartbeat', (response) =>
      response.writeHead(429, { 'retry-after': '600' }).end(),
    );
    expect(await collector.runOnce()).toMatchObject({ heartbeat: { status: 'failed' }, days: [] });
    expect(stage.vendor.arrivedAt('/telemetry/analytics')).toEqual([]);
    stage.vendor.answerWith('/telemetry/heartbeat', undefined);
    pass(600_001);
    expect((await collector.runOnce()).days).toMatchObject([{ result: { status: 'accepted' } }]);
  });
});

describe('a vendor that refuses', () => {
  it.each([
    [400, 'REQUEST_INVALID'],
    [409, 'REPORT_REVISION'],
    [422, 'REQUEST_UNPROCESSABLE'],
  ])('with %i is not asked for the day again', async (status, code) => {
    await using stage = await setStage();
    const { effects, pass } = createHands();
    const collector = stage.create({ effects });
    breakBoth(stage.vendor, (response) => answerJson(response, status, { code }));
    await collector.runOnce();
    pass(86_000_000 / 10);
    await runTimes(collector, 3);
    expect(stage.vendor.arrivedAt('/telemetry/analytics')).toHaveLength(1);
    expect(await stage.test.query(`SELECT state FROM sotto_collector.reports WHERE kind = 'daily'`)).toEqual([
      { state: 'refused' },
    ]);
  });

  it.each([401, 403])('the licence with %i gets no more reports until it is valid again', async (status) => {
    await using stage = await setStage();
    const { vendor } = stage;
    const { effects, pass } = createHands();
    const collector = stage.create({ effects });
    breakBoth(vendor, (response) => answerJson(response, status, {}));
    await collector.runOnce();
    expect(collector.license.peek().state).toBe('invalid');
    const before = vendor.reports().length;
    expect(before).toBe(1);
    breakBoth(vendor, undefined);
    pass(60_000);
    await collector.runOnce();
    expect(vendor.reports()).toHaveLength(before);
    await collector.license.refresh();
    pass(60_000);
    expect(await collector.runOnce()).toMatchObject({
      heartbeat: { status: 'accepted' },
      days: [{ result: { status: 'accepted' } }],
    });
  });
});
