import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { createDirectory } from '../../support/directories.js';
import { findFreePort } from '../../support/free-port.js';
import { CHECKOUT } from '../support/checkout.js';
import { endInTime } from './support/end-in-time.js';
import { useStage } from './support/stage.js';

const LICENSE_PATH = '/validate-license';
const HOLD_THREAD = pathToFileURL(join(CHECKOUT, 'test', 'e2e', 'services', 'programs', 'hold-thread.mjs'));

const stage = useStage();
afterEach(() => stage.vendor.answerWith(LICENSE_PATH, undefined));

const untilAskedAboutLicense = () => {
  const before = stage.vendor.arrivedAt(LICENSE_PATH).length;
  return stage.vendor.untilArrived(LICENSE_PATH, before + 1);
};

/** Nobody else can use the table until the test is over. */
async function lock(table: string): Promise<void> {
  const client = new pg.Client(stage.product.postgres.url);
  await client.connect();
  onTestFinished(() => client.end());
  await client.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
}

const untilSomebodyWaits = (table: string) =>
  expect
    .poll(
      () =>
        stage.product.postgres.query(
          `SELECT pid FROM pg_locks WHERE NOT granted AND relation = '${table}'::regclass`,
        ),
      { timeout: 20_000 },
    )
    .toHaveLength(1);

describe('a collector that is asked to end', { timeout: 60_000 }, () => {
  it('ends while the vendor does not say whether the licence is valid, and does not say that it has started', async () => {
    stage.vendor.answerWith(LICENSE_PATH, () => {});
    const asked = untilAskedAboutLicense();
    await using collector = await stage.collect();
    await asked;
    expect(await endInTime(collector.process)).toEqual({ code: 0, signal: null });
    expect(collector.process.stdout).not.toContain('telemetry_collector_started');
    expect(collector.process.stdout).not.toContain('license_check_failed');
  });

  it.each([
    ['terminate', 1],
    ['interrupt', 130],
  ] as const)('ends a single round too while the vendor hangs, by %s', async (how, code) => {
    stage.vendor.answerWith(LICENSE_PATH, () => {});
    const asked = untilAskedAboutLicense();
    await using process = stage.sotto.start(['collector', '--once'], {
      DATABASE_URL: stage.product.postgres.url,
    });
    await asked;
    expect(await endInTime(process, how)).toEqual({ code, signal: null });
  });

  it('ends while somebody has locked a table that it reads', async () => {
    await lock('agent_runs');
    await using collector = await stage.collect();
    await untilSomebodyWaits('agent_runs');
    expect(await endInTime(collector.process)).toEqual({ code: 0, signal: null });
  });

  it('ends while it starts', async () => {
    await lock('sotto_migrations');
    await using process = stage.sotto.start(['collector', '--port', '0'], {
      DATABASE_URL: stage.product.postgres.url,
    });
    await untilSomebodyWaits('sotto_migrations');
    await endInTime(process);
    expect(process.stdout + process.stderr).toBe('');
  });

  it.runIf(process.platform === 'linux')(
    'ends by the signal itself while something hangs that Node.js cannot give up, such as the look-up of a name',
    async () => {
      const pipe = join(createDirectory(), 'pipe');
      execFileSync('mkfifo', [pipe]);
      await using collector = await stage.collect({
        HELD_PIPE: pipe,
        NODE_OPTIONS: `--import ${HOLD_THREAD.href}`,
      });
      expect(await endInTime(collector.process)).toEqual({ code: null, signal: 'SIGTERM' });
    },
  );
});

it.runIf(process.platform === 'linux')(
  'a collector whose lines no disk takes works on, and ends when it is asked to',
  {
    timeout: 60_000,
  },
  async () => {
    const port = await findFreePort();
    await using process = stage.sotto.start(
      ['collector', '--port', String(port)],
      { DATABASE_URL: stage.product.postgres.url },
      '/dev/full',
    );
    await process.said(/Listening on/);
    const asked = untilAskedAboutLicense();
    const refreshed = fetch(`http://127.0.0.1:${port}/internal/license/refresh`, { method: 'POST' });
    await asked;
    expect((await refreshed).status).toBe(200);
    expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
    // Not 0: its output could not be written.
    expect(await endInTime(process)).toEqual({ code: 1, signal: null });
  },
);
