import { DurationChart, RateChart, RunsChart } from './charts.js';
import { DaysTable } from './days-table.js';
import { formatCount, formatShare } from './numbers.js';
import type { OverviewView } from './overview-view.js';
import type { Selection } from './selection.js';
import { describeCoverage, describePercentiles } from './texts.js';

export interface DaysCardProps {
  /** Undefined when it is not known. */
  readonly overview: OverviewView | undefined;
  readonly selection: Selection;
}

/** The days of the range: their sum, three charts, and a table of the same numbers. */
export function DaysCard({ overview, selection }: DaysCardProps) {
  if (overview === undefined)
    return (
      <section class="card" aria-labelledby="runs">
        <h2 id="runs">Runs per day</h2>
        <p class="note">
          It is not known what was reported of these days: the vendor service gave no answer that can be
          relied on. Try again in a moment.
        </p>
      </section>
    );
  const { sum } = overview;
  if (sum === undefined)
    return (
      <section class="card" aria-labelledby="runs">
        <h2 id="runs">Runs per day</h2>
        <p class="nothing">
          No report of these days has come. How many runs there were is not known: it need not be none.
        </p>
        <p class="note">
          A report is about a day that is over in UTC, and comes at the hour that the customer has set, 2
          unless changed. Nothing comes while telemetry is off for every organisation of a customer.
        </p>
      </section>
    );
  return (
    <>
      <section class="card" aria-labelledby="runs">
        <h2 id="runs">Runs per day</h2>
        <p class="figures">
          <span>
            <strong>{formatCount(sum.total)}</strong> runs
          </span>
          <span>
            <strong>{formatShare(sum.successRate)}</strong> of those that ended were successful
          </span>
          <span>
            <strong>{`${overview.reportedDays} of ${overview.days.length}`}</strong> days reported
          </span>
        </p>
        <RunsChart days={overview.days} />
        <p class="note">{describeCoverage(overview, selection.customerId)}</p>
        <DaysTable days={overview.days} />
      </section>
      <div class="pair">
        <section class="card" aria-labelledby="rate">
          <h2 id="rate">Success rate</h2>
          <RateChart days={overview.days} />
          <p class="note">
            Of the runs that ended: successful, failed or timed out. A day on which none ended has no rate.
          </p>
        </section>
        <section class="card" aria-labelledby="durations">
          <h2 id="durations">How long runs took</h2>
          <DurationChart days={overview.days} />
          <p class="note">{describePercentiles(selection.customerId)}</p>
        </section>
      </div>
    </>
  );
}
