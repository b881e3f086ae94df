import type { OverviewView } from './overview-view.js';

/** What a percentile of this page is. */
export function describePercentiles(customerId: string | undefined): string {
  if (customerId !== undefined)
    return 'As the customer has reported them: half of its runs of a day took no longer than p50, 95 of 100 no longer than p95, 99 of 100 no longer than p99.';
  return 'The mean of what the customers reported, weighted by how many runs each had. With several customers that is no percentile of all runs, which nobody can know: reports carry no single durations. Choose one customer to see its own.';
}

/** Which days are missing, and what a day without a report means. */
export function describeCoverage(
  { days, reportedDays }: Pick<OverviewView, 'days' | 'reportedDays'>,
  customerId: string | undefined,
): string {
  const missing = days.length - reportedDays;
  const gaps =
    missing === 0
      ? 'Every day was reported.'
      : `${missing === 1 ? '1 day has' : `${missing} days have`} no report and ${missing === 1 ? 'is a gap' : 'are gaps'}: how many runs there were is not known.`;
  const most = days.reduce((largest, { customers }) => Math.max(largest, customers), 0);
  const fewer = days.filter(({ customers }) => customers > 0 && customers < most).length;
  if (customerId !== undefined || fewer === 0) return gaps;
  const fewerDays = fewer === 1 ? '1 day was' : `${fewer} days were`;
  return `${gaps} ${fewerDays} reported by fewer customers than other days (${most} at most): look at the table before you compare.`;
}
