import { type SQL, sql } from 'drizzle-orm';
import {
  AGENTS,
  type Agent,
  type DailyReport,
  ERROR_TYPES,
  type ErrorType,
  OUTCOMES,
  type Period,
  TRIGGERS,
  type Trigger,
} from '../../wire/reports/index.js';
import { type Queries, rowsOf } from '../connection.js';
import { countedRuns } from './counted.js';
import { foldSmallGroups, sumBy } from './groups.js';

type Breakdowns = Pick<DailyReport['analytics'], 'runs_by_trigger' | 'runs_by_agent' | 'top_errors'>;

/** Runs that are alike in every label. Each label is of a closed list. */
interface Group {
  readonly trigger: Trigger;
  readonly agent: Agent;
  /** null: the run did not fail. */
  readonly error_type: ErrorType | null;
  readonly runs: number;
}

/** The runs of a period by what labels they carry, from one reading, so that each breakdown adds up to the same total. */
export async function readBreakdowns(
  queries: Queries,
  period: Period,
  enabledByDefault: boolean,
  minGroup: number,
): Promise<Breakdowns> {
  const groups = await rowsOf<Group>(
    queries,
    sql`
      WITH runs AS (${countedRuns(period, enabledByDefault)})
      SELECT ${knownOr(sql`trigger_source`, TRIGGERS)} AS trigger,
             ${knownOr(sql`agent_name`, AGENTS)} AS agent,
             CASE WHEN status = ${OUTCOMES.failed} THEN ${knownOr(sql`error_type`, ERROR_TYPES)} END AS error_type,
             count(*)::float8 AS runs
      FROM runs
      GROUP BY 1, 2, 3`,
  );
  return {
    runs_by_trigger: Object.fromEntries(foldSmallGroups(sumBy(groups, 'trigger'), minGroup)),
    runs_by_agent: Object.fromEntries(foldSmallGroups(sumBy(groups, 'agent'), minGroup)),
    top_errors: foldSmallGroups(sumBy(groups, 'error_type'), minGroup).map(([error_type, count]) => ({
      error_type,
      count,
    })),
  };
}

/** A label of the list, or `other`: what a customer named does not leave the database. */
function knownOr(column: SQL, labels: readonly string[]): SQL {
  return sql`CASE WHEN ${column} IN ${labels} THEN ${column} ELSE 'other' END`;
}
