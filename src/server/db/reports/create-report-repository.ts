import { ConfigError } from '../../../internal/index.js';
import { lastCompleteDateUtc, type NextReports, type Period, utcDayOf } from '../../wire/reports/index.js';
import type { Connection, Queries } from '../connection.js';
import { type Audience, readAudience } from './audience.js';
import { readDailyReport } from './daily-report.js';
import { type LookClocks, readDecisions, startWhileDecided } from './decisions.js';
import { heartbeatPeriod, readHeartbeat } from './heartbeat.js';
import type { BuiltReport, CountingRules, ReportRepository } from './report-repository.js';
import { inSnapshot } from './snapshot.js';

const SYSTEM_CLOCKS: LookClocks = { monotonic: () => performance.now(), now: Date.now };

/** Over a database that has the tables of the product. */
export function createReportRepository(
  connection: Connection,
  clocks: LookClocks = SYSTEM_CLOCKS,
): ReportRepository {
  return {
    buildHeartbeat: ({ nowMs, ...rules }) =>
      inSnapshot(connection, async (queries) =>
        toReport(await heartbeat(queries, nowMs, rules), await readDecisions(queries)),
      ),
    buildDaily: ({ dateUtc, ...rules }) =>
      inSnapshot(connection, async (queries) =>
        toReport(await daily(queries, dateUtc, rules), await readDecisions(queries)),
      ),
    buildNext: ({ nowMs, ...rules }) => inSnapshot(connection, (queries) => next(queries, nowMs, rules)),
    readDecisions: () => inSnapshot(connection, readDecisions),
    startWhileDecided: (decisions, start) => startWhileDecided(connection, decisions, start, clocks),
  };
}

/** A report, if there is somebody to count. */
interface Built<Payload> {
  readonly audience: Audience;
  readonly period: Period;
  readonly payload: Payload | undefined;
}

function toReport<Payload>({ payload }: Built<Payload>, decisions: string): BuiltReport<Payload> {
  return { payload, decisions };
}

async function heartbeat(queries: Queries, nowMs: number, { enabledByDefault, minGroup }: CountingRules) {
  const smallest = checkMinGroup(minGroup);
  return build(queries, heartbeatPeriod(nowMs), enabledByDefault, () =>
    readHeartbeat(queries, nowMs, enabledByDefault, smallest),
  );
}

async function daily(queries: Queries, dateUtc: string, { enabledByDefault, minGroup }: CountingRules) {
  const smallest = checkMinGroup(minGroup);
  return build(queries, utcDayOf(dateUtc), enabledByDefault, () =>
    readDailyReport(queries, dateUtc, enabledByDefault, smallest),
  );
}

async function build<Payload>(
  queries: Queries,
  period: Period,
  enabledByDefault: boolean,
  read: () => Promise<Payload>,
): Promise<Built<Payload>> {
  const audience = await readAudience(queries, period, enabledByDefault);
  return { audience, period, payload: audience === 'counted' ? await read() : undefined };
}

async function next(queries: Queries, nowMs: number, rules: CountingRules): Promise<NextReports> {
  const now = await heartbeat(queries, nowMs, rules);
  const day = await daily(queries, lastCompleteDateUtc(nowMs), rules);
  const reason = now.audience === 'counted' ? 'counted' : day.audience;
  return {
    as_of: new Date(nowMs).toISOString(),
    sends: reason === 'counted',
    reason,
    reports: [
      { kind: 'heartbeat', ...toPeriod(now.period), payload: now.payload ?? null },
      { kind: 'daily', ...toPeriod(day.period), payload: day.payload ?? null },
    ],
  };
}

function toPeriod({ fromMs, untilMs }: Period) {
  return { period_start: new Date(fromMs).toISOString(), period_end: new Date(untilMs).toISOString() };
}

function checkMinGroup(minGroup: number): number {
  if (Number.isSafeInteger(minGroup) && minGroup >= 1) return minGroup;
  throw new ConfigError('OPTION_INVALID', 'minGroup must be a whole number of at least 1.');
}
