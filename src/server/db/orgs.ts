import { and, eq, isNull, ne, type SQL, sql } from 'drizzle-orm';
import { type Connection, type Queries, rowsOf } from './connection.js';
import type { AuditEntry, ChangeResult, OrgAnswer, OrgChange, OrgRepository, OrgState } from './contract.js';
import { orgNodes, orgSettings, orgSettingsAudit, telemetryStops } from './schema.js';
import { utc } from './utc.js';

export function createOrgRepository(connection: Connection): OrgRepository {
  const { run, transaction } = connection;
  return {
    register: (orgId, teamNodeId) => run((queries) => registerOrg(queries, orgId, teamNodeId)),
    read: (orgId) => run((queries) => readState(queries, orgId)),
    list: () => run(listStates),
    change: (change) => transaction((queries) => changeAnswer(queries, change)),
    history: (orgId, limit) => run((queries) => readHistory(queries, orgId, limit)),
    stopAll: (actor) => run((queries) => stopAll(queries, actor)),
    resumeAll: (actor) => run((queries) => resumeAll(queries, actor)),
    readStop: () => run(readStop),
  };
}

/** Make an organisation, and a team of it, known. What is known already stays as it is. */
export async function registerOrg(
  queries: Queries,
  orgId: string,
  teamNodeId?: string | null,
): Promise<void> {
  const org = { orgId, nodeId: orgId, nodeType: 'org' as const };
  const teams = teamNodeId == null ? [] : [{ orgId, nodeId: teamNodeId, nodeType: 'team' as const }];
  const known = await queries
    .select({ nodeId: orgNodes.nodeId })
    .from(orgNodes)
    .where(eq(orgNodes.orgId, orgId));
  const missing = [org, ...teams].filter((node) => !known.some(({ nodeId }) => nodeId === node.nodeId));
  // A table of the product may ask for more than this can say, also of a row that would only meet one that is there.
  if (missing.length > 0) await queries.insert(orgNodes).values(missing).onConflictDoNothing();
}

async function changeAnswer(queries: Queries, change: OrgChange): Promise<ChangeResult> {
  const before = await readState(queries, change.orgId);
  if (before === undefined) return { status: 'unknown_org' };
  if (change.telemetryEnabled && before.stoppedAt !== undefined) return { status: 'stopped', state: before };

  await queries.execute(sql`select set_config('sotto.actor', ${change.actor}, true)`);
  const changed = await writeAnswer(queries, change);
  // Read after the write: another process may have been faster than it, but not since.
  const state = (await readState(queries, change.orgId)) ?? before;
  if (changed) return { status: 'kept', changed, state };
  const { expectedVersion } = change;
  const isStale = expectedVersion !== undefined && expectedVersion !== (state.answer?.version ?? 0);
  return isStale ? { status: 'stale', state } : { status: 'kept', changed, state };
}

/** @returns whether a row was written: not when it had this answer already, nor when it is of another version */
async function writeAnswer(queries: Queries, change: OrgChange): Promise<boolean> {
  const { orgId, telemetryEnabled, expectedVersion } = change;
  const isOther = ne(orgSettings.telemetryEnabled, telemetryEnabled);
  const written = { orgId: orgSettings.orgId };
  if (expectedVersion !== undefined && expectedVersion > 0) {
    const isExpected = eq(orgSettings.version, expectedVersion);
    const rows = await queries
      .update(orgSettings)
      .set({ telemetryEnabled })
      .where(and(eq(orgSettings.orgId, orgId), isExpected, isOther))
      .returning(written);
    return rows.length > 0;
  }
  const insert = queries.insert(orgSettings).values({ orgId, telemetryEnabled });
  const rows = await (expectedVersion === 0
    ? insert.onConflictDoNothing()
    : insert.onConflictDoUpdate({ target: orgSettings.orgId, set: { telemetryEnabled }, setWhere: isOther })
  ).returning(written);
  return rows.length > 0;
}

async function readState(queries: Queries, orgId: string): Promise<OrgState | undefined> {
  const [state] = await readStates(queries, registered(queries, eq(orgNodes.orgId, orgId)).as('known'));
  return state;
}

/** Also those that only have an answer, which the operator gave them by SQL. */
function listStates(queries: Queries): Promise<readonly OrgState[]> {
  const answered = queries.select({ orgId: orgSettings.orgId }).from(orgSettings);
  return readStates(queries, registered(queries).union(answered).as('known'));
}

function registered(queries: Queries, condition?: SQL) {
  return queries
    .select({ orgId: orgNodes.orgId })
    .from(orgNodes)
    .where(and(eq(orgNodes.nodeType, 'org'), eq(orgNodes.nodeId, orgNodes.orgId), condition));
}

type Known = ReturnType<ReturnType<typeof registered>['as']>;

/** The answer and the stop in one statement: a stop at the same moment is seen with the answer, or the answer is older. */
async function readStates(queries: Queries, known: Known): Promise<readonly OrgState[]> {
  const rows = await queries
    .select({
      orgId: known.orgId,
      answer: {
        telemetryEnabled: orgSettings.telemetryEnabled,
        updatedAt: utc(orgSettings.updatedAt),
        updatedBy: orgSettings.updatedBy,
        version: orgSettings.version,
      },
      stoppedAt: utc(telemetryStops.stoppedAt),
    })
    .from(known)
    .leftJoin(orgSettings, eq(orgSettings.orgId, known.orgId))
    .leftJoin(telemetryStops, isNull(telemetryStops.resumedAt))
    .orderBy(sql`${known.orgId} collate "C"`);
  return rows.map(({ orgId, answer, stoppedAt }) => ({
    orgId,
    // Null as a whole where there is no row to join, and only then.
    answer: (answer ?? undefined) as OrgAnswer | undefined,
    stoppedAt: stoppedAt ?? undefined,
  }));
}

/** The answers of one organisation, and every stop: that one held for it too, known or not. */
function readHistory(queries: Queries, orgId: string, limit: number): Promise<readonly AuditEntry[]> {
  return rowsOf<AuditEntry>(
    queries,
    sql`
      select ${utc(sql`moment`)} as "changedAt", who as "changedBy", applies_to as "appliesTo",
             old_value as "oldValue", new_value as "newValue"
      from (
        select changed_at as moment, changed_by as who, 'org' as applies_to, old_value, new_value, entry_id
        from ${orgSettingsAudit} where org_id = ${orgId}
        union all
        select stopped_at, stopped_by, 'all', null, false, 0 from ${telemetryStops}
        union all
        select resumed_at, resumed_by, 'all', false, null, 0 from ${telemetryStops} where resumed_at is not null
      ) as changes
      order by moment desc, entry_id desc
      limit ${limit}`,
  );
}

async function stopAll(queries: Queries, actor: string): Promise<boolean> {
  const rows = await queries
    .insert(telemetryStops)
    .values({ stoppedBy: actor })
    .onConflictDoNothing()
    .returning({ stopId: telemetryStops.stopId });
  return rows.length > 0;
}

async function resumeAll(queries: Queries, actor: string): Promise<boolean> {
  const now = sql`greatest(clock_timestamp(), ${telemetryStops.stoppedAt} + interval '1 microsecond')`;
  const rows = await queries
    .update(telemetryStops)
    .set({ resumedAt: now, resumedBy: actor })
    .where(isNull(telemetryStops.resumedAt))
    .returning({ stopId: telemetryStops.stopId });
  return rows.length > 0;
}

async function readStop(queries: Queries): Promise<string | undefined> {
  const [stop] = await queries
    .select({ stoppedAt: utc<string>(telemetryStops.stoppedAt) })
    .from(telemetryStops)
    .where(isNull(telemetryStops.resumedAt));
  return stop?.stoppedAt;
}
