import { expect, it } from 'vitest';
import { createPostgres } from '../../support/postgres.js';
import { startVendorDouble } from '../../wiring/server/collector/drills/vendor-double.js';
import { createProduct } from './support/product.js';
import { useStage } from './support/stage.js';

const stage = useStage();

const asRole = (command: string) =>
  stage.sotto.runInShell(`psql --no-psqlrc --quiet --command="$SQL" "$ROLE_URL"`, {
    ROLE_URL: stage.product.roleUrl,
    SQL: command,
  });

it('a role without grants is no collector, and one that got them through psql is', async () => {
  const once = () => stage.sotto.run(['collector', '--once'], { DATABASE_URL: stage.product.roleUrl });
  expect(await once()).toMatchObject({ status: 1, stdout: '' });

  const granted = await stage.sotto.runInShell(
    `sotto collector grants --role ${stage.product.role} | psql --no-psqlrc --set=ON_ERROR_STOP=1 "$OWNER_URL"`,
    { OWNER_URL: stage.product.postgres.url },
  );
  expect(granted).toMatchObject({ status: 0, stderr: '' });

  expect(await once()).toMatchObject({ status: 0 });
  expect(stage.vendor.accepted.map(({ kind }) => kind)).toEqual(['heartbeat', 'daily']);
});

it.each([
  ['add a run', `INSERT INTO agent_runs (id, org_id, started_at, status) VALUES ('a', 'b', now(), 'failed')`],
  ['change a run', `UPDATE agent_runs SET status = 'failed'`],
  ['remove a run', 'DELETE FROM agent_runs'],
  ['give an answer', `INSERT INTO org_settings (org_id, telemetry_enabled) VALUES ('umbrella-inc', true)`],
  ['lift a stop', 'UPDATE telemetry_stops SET resumed_at = now()'],
  ['read what a run was about', 'SELECT trigger_message FROM agent_runs'],
  ['read why a run failed', 'SELECT error_message FROM agent_runs'],
  ['read the tokens of organisations', 'SELECT * FROM org_tokens'],
  ['make a table', 'CREATE TABLE sotto_collector.notes (id int)'],
])('that role cannot %s', async (_, command) => {
  const { status, stdout, stderr } = await asRole(command);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toContain('permission denied');
});

it('that role can read what it counts, as psql has it', async () => {
  const { status, stdout } = await asRole(
    'SELECT count(*) > 100 AS counted FROM (SELECT status FROM agent_runs) runs',
  );
  expect(status).toBe(0);
  expect(stdout).toMatch(/^ counted\s+-+\s+t$/m);
});

it('that role cannot stop telemetry by the command either', async () => {
  const { status, stderr } = await stage.sotto.run(['org', 'disable', '--all'], {
    DATABASE_URL: stage.product.roleUrl,
  });
  expect(status).toBe(1);
  expect(stderr).toContain('42501');
});

it('a role whose ledger is in another database needs only to read in that of the product', async () => {
  await using other = await createProduct(stage.sotto);
  await using ledger = await createPostgres();
  await using itsVendor = await startVendorDouble();
  await ledger.query(`CREATE SCHEMA sotto_collector AUTHORIZATION ${other.role}`);
  const ledgerUrl = new URL(ledger.url);
  ledgerUrl.username = other.role;
  const env = {
    DATABASE_URL: other.roleUrl,
    COLLECTOR_DATABASE_URL: ledgerUrl.href,
    VENDOR_SERVICE_URL: itsVendor.url,
  };

  const { status, stdout } = await stage.sotto.run(['collector', 'grants', '--role', other.role], env);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^(?:GRANT SELECT [^\n]+;\n)+$/);
  await other.postgres.query(stdout);
  expect(await stage.sotto.run(['collector', '--once'], env)).toMatchObject({ status: 0 });
  expect(await ledger.query('SELECT kind FROM sotto_collector.sends ORDER BY send_id')).toEqual([
    { kind: 'heartbeat' },
    { kind: 'daily' },
  ]);
  expect(await other.postgres.query('SELECT * FROM sotto_collector.sends')).toEqual([]);
});
