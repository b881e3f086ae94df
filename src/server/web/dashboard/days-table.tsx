import { ColumnHeads } from '../foundation/index.js';
import { OUTCOME_LABELS } from './charts.js';
import { formatCount, formatSeconds, formatShare } from './numbers.js';
import type { DayView } from './overview-view.js';

const COLUMNS = [
  'Day',
  'Customers',
  'Runs',
  OUTCOME_LABELS.successful,
  OUTCOME_LABELS.failed,
  OUTCOME_LABELS.timeout,
  OUTCOME_LABELS.open,
  'Success rate',
  'p50',
  'p95',
  'p99',
] as const;

/** The numbers of each day, newest first: for everybody, and for the script that draws charts of them. */
export function DaysTable({ days }: { readonly days: readonly DayView[] }) {
  return (
    <details class="by-day">
      <summary>The same as a table</summary>
      <table class="numbers-table">
        <ColumnHeads columns={COLUMNS} />
        <tbody>
          {days.toReversed().map((day) => (
            <Row day={day} />
          ))}
        </tbody>
      </table>
    </details>
  );
}

function Row({ day: { date, customers, report } }: { readonly day: DayView }) {
  if (report === undefined)
    return (
      <tr data-day={date}>
        <Day date={date} />
        <td colspan={COLUMNS.length - 1} class="none">
          no report
        </td>
      </tr>
    );
  const texts = [
    formatCount(customers),
    formatCount(report.total),
    formatCount(report.successful),
    formatCount(report.failed),
    formatCount(report.timeout),
    formatCount(report.open),
    formatShare(report.successRate),
    formatSeconds(report.p50Seconds),
    formatSeconds(report.p95Seconds),
    formatSeconds(report.p99Seconds),
  ];
  return (
    <tr
      data-day={date}
      data-successful={report.successful}
      data-failed={report.failed}
      data-timeout={report.timeout}
      data-open={report.open}
      data-rate={report.successRate}
      data-p50={report.p50Seconds}
      data-p95={report.p95Seconds}
      data-p99={report.p99Seconds}
    >
      <Day date={date} />
      {texts.map((text, index) => (
        <td data-label={COLUMNS[index + 1]}>{text}</td>
      ))}
    </tr>
  );
}

function Day({ date }: { readonly date: string }) {
  return (
    <th scope="row">
      <time datetime={date}>{date}</time>
    </th>
  );
}
