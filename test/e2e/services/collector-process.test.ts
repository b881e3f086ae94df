import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { findCanaries } from '../../support/canaries.js';
import { answerJson, LICENSE_KEY } from '../../wiring/server/collector/drills/vendor-double.js';
import { endInTime } from './support/end-in-time.js';
import { createProduct } from './support/product.js';
import type { Listening } from './support/sotto.js';
import { useStage } from './support/stage.js';

/** A port of this machine on which nothing listens: it is of a service that is long gone. */
const NOBODY = 'http://127.0.0.1:9';

const LICENSE_PATH = '/validate-license';
const INVALID = {
  valid: false,
  customer_id: 'acme',
  customer_name: 'Acme Corp',
  expires_at: null,
  warnings: [],
};
const NO_ENTITLEMENTS = { max_teams: -1, max_runs_per_month: -1, features: [] };

const stage = useStage();
afterEach(() => stage.vendor.answerWith(LICENSE_PATH, undefined));

const linesOf = ({ process }: Listening) =>
  process.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);

describe('sotto collector', () => {
  it('says what it does in lines of JSON, answers what it offers, and shows its key nowhere', async () => {
    await using collector = await stage.collect();
    const { url, process } = collector;
    await process.said(/"event":"analytics_sent"/);
    const answers = await Promise.all(
      ['/health', '/ready', '/metrics', '/internal/license', '/nowhere'].map(async (path) => {
        const answer = await fetch(`${url}${path}`);
        return { path, status: answer.status, text: await answer.text() };
      }),
    );
    const refreshed = await fetch(`${url}/internal/license/refresh`, { method: 'POST' });
    answers.push({
      path: '/internal/license/refresh',
      status: refreshed.status,
      text: await refreshed.text(),
    });
    expect(answers.map(({ path, status }) => [path, status])).toEqual([
      ['/health', 200],
      ['/ready', 200],
      ['/metrics', 200],
      ['/internal/license', 200],
      ['/nowhere', 404],
      ['/internal/license/refresh', 200],
    ]);
    expect(answers[1]?.text).toContain('"lease_held":true');
    expect(answers[2]?.text).toContain('sotto_collector_reports_total{kind="daily",outcome="accepted"} 1');
    expect(answers[3]?.text).toContain('"customer_name":"Acme Corp"');
    const typed = await readFile(`/proc/${process.pid}/cmdline`, 'utf8');
    expect(typed).toContain('program.ts');

    expect(await endInTime(collector.process)).toEqual({ code: 0, signal: null });
    const lines = linesOf(collector);
    expect(lines).toContainEqual(
      expect.objectContaining({ event: 'license_validated_startup', customer: 'Acme Corp' }),
    );
    const started = [
      'license_validated_startup',
      'telemetry_collector_started',
      'analytics_scheduled',
      'heartbeat_sent',
    ];
    expect(
      lines
        .map(({ event }) => String(event))
        .filter((event) => started.includes(event))
        .slice(0, 4),
    ).toEqual(started);
    for (const line of lines) expect(line).toMatchObject({ service: 'telemetry_collector' });
    const shown = [process.stdout, process.stderr, typed, JSON.stringify(answers)].join('\n');
    expect(findCanaries(shown, { key: LICENSE_KEY })).toEqual([]);
  });

  it('ends with 130 after Ctrl-C', async () => {
    await using collector = await stage.collect();
    collector.process.interrupt();
    expect(await collector.process.ended).toEqual({ code: 130, signal: null });
  });

  it('goes on when nobody reads its lines any more', async () => {
    await using collector = await stage.collect();
    await collector.process.said(/"event":"lease_taken"/);
    collector.process.stopReading();
    stage.vendor.answerWith(LICENSE_PATH, (response) =>
      answerJson(response, 200, { ...INVALID, entitlements: NO_ENTITLEMENTS }),
    );
    // Which is a line to write.
    const refreshed = await fetch(`${collector.url}/internal/license/refresh`, { method: 'POST' });
    expect(await refreshed.json()).toMatchObject({ license: { state: 'invalid' } });
    expect((await fetch(`${collector.url}/health`)).status).toBe(200);
    expect(await endInTime(collector.process)).toEqual({ code: 0, signal: null });
    expect(collector.process.stderr).not.toMatch(/EPIPE|Error/);
  });

  it('needs no home', async () => {
    await using collector = await stage.collect({ HOME: '' });
    expect((await fetch(`${collector.url}/ready`)).status).toBe(200);
    expect(await endInTime(collector.process)).toEqual({ code: 0, signal: null });
    expect(collector.process.stderr).toMatch(/^Listening on [^\n]+\n[^\n]+\n$/);
  });

  it('starts without its vendor, says that it is degraded, and sends nothing', async () => {
    await using other = await createProduct(stage.sotto);
    await using collector = await stage.collect({
      DATABASE_URL: other.postgres.url,
      VENDOR_SERVICE_URL: NOBODY,
    });
    await collector.process.said(/"event":"lease_taken"/);
    expect(await (await fetch(`${collector.url}/health`)).json()).toEqual({ status: 'degraded' });
    const ready = await fetch(`${collector.url}/ready`);
    expect(await ready.json()).toMatchObject({
      parts: { license: { status: 'degraded', state: 'unknown' } },
    });
    expect(await endInTime(collector.process)).toEqual({ code: 0, signal: null });
    expect(linesOf(collector)).toContainEqual(
      expect.objectContaining({ level: 'warn', event: 'license_check_failed', reason: 'network' }),
    );
    expect(await other.postgres.query('SELECT * FROM sotto_collector.reports')).toEqual([]);
  });

  it.each([
    ['without a licence key', { VENDOR_LICENSE_KEY: '' }, 2, 'VENDOR_LICENSE_KEY'],
    ['with an interval of no time', { HEARTBEAT_INTERVAL_SECONDS: '0' }, 2, 'HEARTBEAT_INTERVAL_SECONDS'],
    ['with an hour that no day has', { ANALYTICS_HOUR_UTC: '24' }, 2, 'ANALYTICS_HOUR_UTC'],
    ['with a vendor without TLS', { VENDOR_SERVICE_URL: 'http://vendor.example' }, 2, 'VENDOR_SERVICE_URL'],
  ])('does not start %s, and says which variable it is', async (_, env, expected, name) => {
    const { status, stdout, stderr } = await stage.sotto.run(['collector', '--port', '0'], {
      DATABASE_URL: stage.product.postgres.url,
      ...env,
    });
    expect({ status, stdout }).toEqual({ status: expected, stdout: '' });
    expect(stderr).toMatch(new RegExp(`^[^\\n]*${name}[^\\n]*\\n$`));
    expect(stderr).not.toContain(LICENSE_KEY);
  });

  it.each([
    ['is away', { VENDOR_SERVICE_URL: NOBODY }, 'unknown, because the vendor service did not say.'],
    ['does not know the key', { VENDOR_LICENSE_KEY: 'of-nobody' }, 'invalid, as the vendor service says.'],
  ])('says with --once why nothing is sent while the vendor %s', async (_, env, sentence) => {
    const { status, stdout } = await stage.sotto.run(['collector', '--once'], {
      DATABASE_URL: stage.product.postgres.url,
      ...env,
    });
    expect({ status, stdout }).toEqual({ status: 1, stdout: `Licence: ${sentence} Nothing is sent.\n` });
  });
});
