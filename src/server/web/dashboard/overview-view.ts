import type { Overview } from '../../wire/index.js';
import type { Known } from '../upstream/index.js';
import { countDays, type Selection } from './selection.js';

/** How runs ended. */
export interface Outcomes {
  readonly total: number;
  readonly successful: number;
  readonly failed: number;
  readonly timeout: number;
  /** In the total and in no outcome: they had not ended when the report was made. */
  readonly open: number;
  /** Of the runs that ended, from 0 to 1; undefined where none did. */
  readonly successRate: number | undefined;
}

/** What was reported of one day. */
export interface DayReport extends Outcomes {
  readonly p50Seconds: number | undefined;
  readonly p95Seconds: number | undefined;
  readonly p99Seconds: number | undefined;
}

export interface DayView {
  readonly date: string;
  /** How many customers have reported it. */
  readonly customers: number;
  /** Undefined where nobody has: how many runs there were is not known, and not 0. */
  readonly report: DayReport | undefined;
}

/** One group of a breakdown. */
export interface GroupView {
  readonly label: string;
  readonly count: number;
  /** Of all groups together, from 0 to 1. */
  readonly share: number;
  /** Beside the largest group, from 0 to 1. */
  readonly length: number;
}

export interface OverviewView {
  /** Oldest first. */
  readonly days: readonly DayView[];
  /** How many of the days somebody has reported. */
  readonly reportedDays: number;
  /** Of all days; undefined where no day was reported. */
  readonly sum: Outcomes | undefined;
  readonly runsByTrigger: readonly GroupView[];
  readonly runsByAgent: readonly GroupView[];
  readonly topErrors: readonly GroupView[];
}

/** Pure. @returns undefined for what is not known, or is not the answer to what was asked */
export function toOverviewView(overview: Known<Overview>, selection: Selection): OverviewView | undefined {
  if (overview.status !== 'known' || !isAnswerTo(overview.value, selection)) return undefined;
  const { days: told, runs_by_trigger, runs_by_agent, top_errors } = overview.value;
  const days = told.map(toDayView);
  const reports = days.map(({ report }) => report).filter((report) => report !== undefined);
  return {
    days,
    reportedDays: reports.length,
    sum: reports.length === 0 ? undefined : reports.reduce(add, toOutcomes(0, 0, 0, 0)),
    runsByTrigger: toGroups(runs_by_trigger),
    runsByAgent: toGroups(runs_by_agent),
    topErrors: toGroups(top_errors),
  };
}

function isAnswerTo({ from, to, customer_id, days }: Overview, selection: Selection): boolean {
  const isAsked =
    from === selection.from && to === selection.to && customer_id === (selection.customerId ?? null);
  const isWhole = days.length === countDays(selection) && days[0]?.date === from && days.at(-1)?.date === to;
  const isInOrder = days.every(({ date }, index) => index === 0 || date > (days[index - 1]?.date ?? ''));
  return isAsked && isWhole && isInOrder;
}

type ToldDay = Overview['days'][number];

function toDayView(day: ToldDay): DayView {
  const { date, customers } = day;
  return { date, customers, report: customers === 0 ? undefined : toReport(day) };
}

function toReport(day: ToldDay): DayReport {
  const { total_runs, successful_runs, failed_runs, timeout_runs } = day;
  return {
    ...toOutcomes(total_runs, successful_runs, failed_runs, timeout_runs),
    p50Seconds: day.p50_duration_seconds ?? undefined,
    p95Seconds: day.p95_duration_seconds ?? undefined,
    p99Seconds: day.p99_duration_seconds ?? undefined,
  };
}

function toOutcomes(total: number, successful: number, failed: number, timeout: number): Outcomes {
  const ended = successful + failed + timeout;
  return {
    total,
    successful,
    failed,
    timeout,
    open: Math.max(0, total - ended),
    successRate: ended === 0 ? undefined : successful / ended,
  };
}

const add = (one: Outcomes, other: Outcomes): Outcomes =>
  toOutcomes(
    one.total + other.total,
    one.successful + other.successful,
    one.failed + other.failed,
    one.timeout + other.timeout,
  );

function toGroups(groups: Overview['top_errors']): readonly GroupView[] {
  const sum = groups.reduce((all, { count }) => all + count, 0);
  const largest = Math.max(1, ...groups.map(({ count }) => count));
  return groups.map(({ label, count }) => ({
    label,
    count,
    share: sum === 0 ? 0 : count / sum,
    length: count / largest,
  }));
}
