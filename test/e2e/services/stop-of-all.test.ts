import { expect, it } from 'vitest';
import { useStage } from './support/stage.js';

const CYCLES = 3;

const stage = useStage({ HEARTBEAT_INTERVAL_SECONDS: '60' });

const run = (...args: readonly string[]) =>
  stage.sotto.run(args, { DATABASE_URL: stage.product.postgres.url });
const licenseChecks = () => stage.vendor.arrivedAt('/validate-license').length;

it('while the operator has stopped telemetry, the vendor sees checks of the licence and not one report', async () => {
  // One organisation has said yes; the other has never answered, and is counted by default.
  await stage.product.postgres.query(
    `INSERT INTO org_settings (org_id, telemetry_enabled) VALUES ('extend-corp', true)`,
  );
  expect(await run('org', 'disable', '--all')).toMatchObject({ status: 0 });

  for (let cycle = 1; cycle <= CYCLES; cycle += 1) {
    const { status, stdout } = await run('collector', '--once');
    expect(status).toBe(0);
    expect(stdout).toContain('Licence: valid.\nHeartbeat: nobody is counted, so that nothing was sent.\n');
    expect(licenseChecks()).toBe(cycle);
  }
  expect((await run('collector', 'preview')).stdout).not.toContain('POST ');
  expect(stage.vendor.reports()).toEqual([]);
});

it('a collector that runs on sends no first heartbeat during the stop, and is well', async () => {
  const checksBefore = licenseChecks();
  await using collector = await stage.collect();
  const skipped = async () => {
    const metrics = await (await fetch(`${collector.url}/metrics`)).text();
    return metrics.includes('sotto_collector_reports_total{kind="heartbeat",outcome="skipped"} 1');
  };
  await expect.poll(skipped, { timeout: 15_000 }).toBe(true);
  expect(await (await fetch(`${collector.url}/health`)).json()).toEqual({ status: 'ok' });
  collector.process.terminate();
  expect(await collector.process.ended).toEqual({ code: 0, signal: null });
  expect(licenseChecks()).toBe(checksBefore + 1);
  expect(stage.vendor.reports()).toEqual([]);
});

it('once the operator has lifted the stop, both are counted again', async () => {
  expect(await run('org', 'resume', '--all')).toMatchObject({ status: 0 });
  const { status, stdout } = await run('collector', '--once');
  expect(status).toBe(0);
  expect(stdout).toContain('Heartbeat: accepted.\n');
  expect(stage.vendor.accepted.map(({ body }) => body.metrics)).toMatchObject([{ total_teams: 3 }]);
});
