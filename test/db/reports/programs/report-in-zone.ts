import { openReportsDatabase } from '../databases.js';
import { CLOCK_CHANGES } from '../expected-reports.js';
import { addRuns, addThreeOrgs, DATE, NOW_MS } from '../three-orgs.js';

/* Makes the reports of three organisations in the time zone of this process, and counts the runs of days on which clocks change. */
const RULES = { enabledByDefault: true, minGroup: 3 };
const HALF_HOUR_MS = 30 * 60 * 1000;

for (const kind of ['postgresql', 'pglite'] as const) {
  const database = await openReportsDatabase(kind);
  await addThreeOrgs(database);
  const { reports } = database;
  const heartbeat = await reports.buildHeartbeat({ ...RULES, nowMs: NOW_MS });
  const daily = await reports.buildDaily({ ...RULES, dateUtc: DATE });
  const counts: unknown[] = [];
  for (const [, dateUtc] of CLOCK_CHANGES) {
    const midnightMs = Date.parse(`${dateUtc}T00:00:00Z`);
    const times = Array.from({ length: 5 * 48 }, (_, index) => midnightMs + (index - 96) * HALF_HOUR_MS);
    await addRuns(
      database,
      times.map((timeMs) => ({
        org_id: 'acme',
        started_at: new Date(timeMs).toISOString(),
        status: 'completed',
      })),
    );
    const { payload } = await reports.buildDaily({ ...RULES, dateUtc });
    counts.push(payload?.analytics.total_runs);
  }
  console.log(
    JSON.stringify({
      offsetMinutes: new Date(NOW_MS).getTimezoneOffset(),
      reports: [JSON.stringify(heartbeat.payload), JSON.stringify(daily.payload)],
      counts,
    }),
  );
  await database.close();
}
