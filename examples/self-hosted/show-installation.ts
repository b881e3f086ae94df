import { besideEachOther } from '../support/columns.js';
import { temporaryDirectory } from '../support/temporary-directory.js';
import { CUSTOMER, type Installation, ORGS, setUpInstallation } from './installation.js';

const LEAVING = 'umbrella';

/** The seed's names of what a collector does, in the order of a start. */
const SHOWN_LINES =
  /"event":"(license_validated_startup|telemetry_collector_started|analytics_scheduled|heartbeat_sent|analytics_sent)"/;

type Say = (text?: string) => unknown;

/**
 * Show what a self-hosted installation tells its vendor: runs of several organisations, a heartbeat and a daily report as they left, one
 * organisation that says no, and the next heartbeat without it. What is printed is read back over HTTP.
 */
export async function showInstallation(say: Say): Promise<void> {
  say(
    '\nA self-hosted product, its collector and its vendor, with a database that is made for this (some seconds) …\n',
  );
  // A customer's data is nobody's here: it goes when the demonstration ends.
  await using directory = await temporaryDirectory('sotto-installation-');
  const lines: string[] = [];
  await using installation = await setUpInstallation(directory.path, (line) => lines.push(line));
  const { server, runs } = installation;
  say(
    `Services on ${server.url} (this machine only). ${runs} runs of ${ORGS.length} organisations in the last two days.`,
  );

  const before = await sendHeartbeat(installation);
  const [daily] = await readSent(installation, 'daily');
  say('\nWhat the collector logs:\n');
  for (const line of lines.filter((text) => SHOWN_LINES.test(text))) say(`  ${line.trimEnd()}`);
  say('\nWhat left, from the ledger that the settings page shows:\n');
  say(
    besideEachOther(
      { title: 'the heartbeat', text: JSON.stringify(before, null, 2) },
      {
        title: 'the daily report',
        text: JSON.stringify(daily?.payload ?? 'is due shortly after midnight, UTC', null, 2),
      },
      process.stdout.columns ?? 120,
    ),
  );
  say(`\nWhat the vendor has of ${CUSTOMER}: ${JSON.stringify(await readCustomer(installation))}`);

  await sayNo(installation);
  const after = await sendHeartbeat(installation);
  say(`\n${LEAVING} says no (PUT telemetry_enabled: false), and is gone from the next heartbeat:\n`);
  for (const name of ['runs_today', 'total_teams', 'active_teams_today'] as const)
    say(`  ${name.padEnd(20)} ${before.metrics[name]} → ${after.metrics[name]}`);
}

interface SentHeartbeat {
  readonly metrics: Readonly<Record<'runs_today' | 'total_teams' | 'active_teams_today', number>>;
}

/** @returns the heartbeat as it left */
async function sendHeartbeat(installation: Installation): Promise<SentHeartbeat> {
  await installation.server.collector?.runOnce();
  const [sent] = await readSent(installation, 'heartbeat');
  return sent?.payload as unknown as SentHeartbeat;
}

interface SentReport {
  readonly kind: 'heartbeat' | 'daily';
  readonly payload: object;
}

/** Newest first. */
async function readSent(
  installation: Installation,
  kind: SentReport['kind'],
): Promise<readonly SentReport[]> {
  const answered = await fetch(`${installation.server.url}/api/v1/config/me/reports`, {
    headers: { authorization: `Bearer ${installation.tokens.get('extend')}` },
  });
  const { reports } = (await answered.json()) as { readonly reports: readonly SentReport[] };
  return reports.filter((report) => report.kind === kind);
}

async function readCustomer({ server, readKey }: Installation): Promise<unknown> {
  const answered = await fetch(`${server.url}/api/v1/vendor/customers`, {
    headers: { authorization: `Bearer ${readKey}` },
  });
  return ((await answered.json()) as { readonly customers: readonly unknown[] }).customers[0];
}

async function sayNo({ server, tokens }: Installation): Promise<void> {
  const answered = await fetch(`${server.url}/api/v1/config/me/org-settings`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${tokens.get(LEAVING)}`, 'content-type': 'application/json' },
    body: JSON.stringify({ telemetry_enabled: false }),
  });
  if (!answered.ok) throw new Error(`The settings service answered with status ${answered.status}.`);
}
