import { sql } from 'drizzle-orm';
import { connectPostgres } from '../../../src/server/db/connect-postgres.js';
import { createReportRepository, type ReportRepository } from '../../../src/server/db/reports/index.js';
import { type DatabaseKind, openTestDatabase, type TestDatabase } from '../../support/databases.js';

/** A database of one test file, and the reports on what is in it. */
export interface ReportsDatabase extends TestDatabase {
  readonly reports: ReportRepository;
  /** The repository over sessions of a time zone. */
  inZone<T>(timeZone: string, work: (reports: ReportRepository) => Promise<T>): Promise<T>;
  /** Leaves the tables and nothing in them. */
  clear(): Promise<void>;
}

export async function openReportsDatabase(kind: DatabaseKind): Promise<ReportsDatabase> {
  const test = await openTestDatabase(kind);
  const { postgres, connection } = test;
  return {
    ...test,
    reports: test.database.reports,
    async inZone(timeZone, work) {
      if (postgres) return overUrl(postgres.urlInZone(timeZone), work);
      await connection.run((queries) => queries.execute(sql.raw(`SET TIME ZONE '${timeZone}'`)));
      return work(test.database.reports);
    },
    async clear() {
      await test.query(`
        DELETE FROM org_settings;
        TRUNCATE agent_runs, org_nodes, org_telemetry_intervals, telemetry_stops, org_settings_audit`);
    },
  };
}

async function overUrl<T>(url: string, work: (reports: ReportRepository) => Promise<T>): Promise<T> {
  const connection = await connectPostgres(url);
  try {
    return await work(createReportRepository(connection));
  } finally {
    await connection.close();
  }
}
