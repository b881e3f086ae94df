import { compileDatabase } from '../lib/compile-database.mjs';
import { runProgram } from '../lib/program.mjs';
import { summarizePairs } from '../lib/statistics.mjs';

const SERVER_URL = process.env.SOTTO_TEST_POSTGRES_URL ?? 'postgresql://root@127.0.0.1:5432/postgres';

const SIZES = [10_000, 100_000, 1_000_000, 10_000_000];
const QUICK_SIZES = SIZES.slice(0, 2);

/** What the largest table may cost, in milliseconds. */
const LIMITS_MS = { heartbeat: 1_000, daily: 5_000 };
const SUBJECTS = { heartbeat: 'heartbeat', daily: 'daily report', next: 'both, as they are shown before' };

/** What reports cost in PostgreSQL beside the plainest look at the same day, and how they grow with the table. */
export async function* measureReports({ isQuick }) {
  const database = await compileDatabase();
  const sizes = isQuick ? QUICK_SIZES : SIZES;
  for (const runs of sizes) {
    const args = { database, serverUrl: SERVER_URL, runs, pairs: isQuick ? 3 : 10 };
    const { result } = await runProgram('reports.mjs', [args]);
    for (const [name, subject] of Object.entries(SUBJECTS)) {
      const atMost = runs === SIZES.at(-1) ? LIMITS_MS[name] : undefined;
      yield {
        subject: `${subject}, of ${runs.toLocaleString('en-US')} runs`,
        unit: 'ms',
        ...summarizePairs(result[name]),
        ...(atMost && { limit: { of: 'ours', atMost } }),
      };
    }
  }
}
