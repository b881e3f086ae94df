import { expect, it } from 'vitest';
import { findCanaries } from '../../support/canaries.js';
import { createPostgres } from '../../support/postgres.js';
import { LICENSE_KEY } from '../../wiring/server/collector/drills/vendor-double.js';
import { ORGS } from './support/product.js';
import { useStage } from './support/stage.js';

/** What `sotto collector preview --json` says of a report that would be sent. */
interface Previewed {
  readonly kind: string;
  readonly date_utc?: string;
  readonly when: string;
  readonly sends: boolean;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What the runs of the product hold, and what its organisations and teams are called. */
const CANARIES = {
  person: 'jane.doe@corp.example',
  host: 'corp.example',
  address: '10.4.11.7',
  file: 'id_ed25519',
  channel: 'finance-secret',
  password: 'hunter2',
  pod: 'checkout-7f9c',
  name: 'Sommer',
  prompt: 'your salary of',
  message: 'paid twice',
  agent: 'payroll',
  trigger: 'acme-cron',
  ...Object.fromEntries(ORGS.map(({ orgId }) => [orgId, orgId])),
  ...Object.fromEntries(ORGS.flatMap(({ teams }) => teams).map((team) => [team, team])),
};

const stage = useStage();

const run = (...args: readonly string[]) =>
  stage.sotto.run(args, { DATABASE_URL: stage.product.postgres.url });
const readLedger = () =>
  stage.product.postgres.query(
    'SELECT kind, payload::text AS body FROM sotto_collector.sends ORDER BY send_id',
  );

/** Of a heartbeat that was made at another moment. */
const withoutMoment = (body: string | undefined) => body?.replace(/"timestamp":"[^"]+"/, '"timestamp":""');

it('what is previewed is what the vendor receives, and what the ledger keeps', async () => {
  const previewed = await run('collector', 'preview', '--json');
  expect(previewed.status).toBe(0);
  const [heartbeat, daily] = JSON.parse(previewed.stdout) as readonly [Previewed, Previewed];
  const asText = await run('collector', 'preview');
  expect(asText.stdout).toContain(`POST ${stage.vendor.url}/telemetry/analytics\n`);
  expect(asText.stdout).toContain(`\n\n${daily.body}\n`);
  expect(stage.vendor.arrived).toEqual([]);
  expect(await readLedger()).toEqual([]);

  const sent = await run('collector', '--once');
  expect(sent.stdout).toMatch(
    /^Licence: valid\.\nHeartbeat: accepted\.\nReport of \d{4}-\d\d-\d\d: accepted\.\n$/,
  );
  const [license, ...reports] = stage.vendor.arrived;
  expect(license).toMatchObject({ path: '/validate-license', text: '{}' });
  expect(reports.map(({ path }) => `${stage.vendor.url}${path}`)).toEqual([heartbeat.url, daily.url]);
  // A preview asks the vendor nothing, and so does not know how the licence calls the customer.
  const known = ({ body }: Previewed) => body.replace('<customer-id>', 'acme');
  expect(withoutMoment(reports[0]?.text)).toBe(withoutMoment(known(heartbeat)));
  expect(reports[1]?.text).toBe(known(daily));
  expect(await readLedger()).toEqual([
    { kind: 'heartbeat', body: reports[0]?.text },
    { kind: 'daily', body: reports[1]?.text },
  ]);

  // Beside what is previewed there is only what every request has.
  const names = [...Object.keys(heartbeat.headers), 'connection', 'content-length', 'host'].sort();
  for (const { headers } of reports) expect(Object.keys(headers).sort()).toEqual(names);
});

it('what was accepted is not previewed again, and the customer is called as in it', async () => {
  const { stdout } = await run('collector', 'preview', '--json');
  const [heartbeat, daily] = JSON.parse(stdout) as readonly [Previewed, Previewed];
  expect(heartbeat.body).toContain('"customer_id":"acme"');
  expect(daily).toMatchObject({ kind: 'daily', when: 'accepted', sends: false });
  const asText = await run('collector', 'preview');
  expect(asText.stdout).toContain(`The report of ${daily.date_utc} was accepted: nothing is due`);
});

it('a preview of a database without tables makes none, and says who does', async () => {
  await using empty = await createPostgres();
  const { status, stdout, stderr } = await stage.sotto.run(['collector', 'preview'], {
    DATABASE_URL: empty.url,
  });
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(/^The tables are not there yet[^\n]+sotto serve --roles orgs[^\n]+\n$/);
  expect(
    await empty.query(
      `SELECT relname FROM pg_class JOIN pg_namespace space ON space.oid = relnamespace
       WHERE nspname NOT IN ('pg_catalog', 'pg_toast', 'information_schema')`,
    ),
  ).toEqual([]);
});

it('nothing that the runs hold is in a byte that the vendor receives, or in what is printed', async () => {
  const held = await stage.product.postgres.query('SELECT runs::text FROM agent_runs runs');
  expect(findCanaries(JSON.stringify(held), CANARIES).length).toBeGreaterThanOrEqual(
    Object.keys(CANARIES).length,
  );

  const printed = [await run('collector', 'preview'), await run('collector', '--once')];
  expect(stage.vendor.reports().length).toBeGreaterThan(0);
  expect(findCanaries(JSON.stringify(stage.vendor.arrived), CANARIES)).toEqual([]);
  expect(findCanaries(JSON.stringify(printed), CANARIES)).toEqual([]);
  expect(JSON.stringify(printed)).not.toContain(LICENSE_KEY);
});
