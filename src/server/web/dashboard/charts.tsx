import type { Child } from 'hono/jsx';
import { formatCount } from './numbers.js';
import type { DayView } from './overview-view.js';
import { DAY_WIDTH, toPiles, toStrokes, toTop } from './shapes.js';

interface DaysProps {
  readonly days: readonly DayView[];
}

const OUTCOMES = ['successful', 'failed', 'timeout', 'open'] as const;

/** How runs ended, in words and in the order in which they stand on each other. */
export const OUTCOME_LABELS = {
  successful: 'Successful',
  failed: 'Failed',
  timeout: 'Timed out',
  open: 'Not ended',
} as const satisfies Record<(typeof OUTCOMES)[number], string>;

/** Runs of each day, by how they ended. */
export function RunsChart({ days }: DaysProps) {
  const top = toTop(days.map(({ report }) => report?.total));
  const piles = toPiles(
    days.map(({ report }) => report && OUTCOMES.map((outcome) => report[outcome])),
    top,
  );
  return (
    <>
      <p class="keys">
        {OUTCOMES.map((outcome) => (
          <span class={`key ${outcome}`}>{OUTCOME_LABELS[outcome]}</span>
        ))}
        <span class="key gap">No report</span>
      </p>
      <Chart
        name="runs"
        days={days}
        top={formatCount(top)}
        about="Bars for each day: how many runs ended in which way."
      >
        {piles.flatMap((boxes) =>
          boxes.map((box, part) =>
            box.height === 0 ? null : <rect class={OUTCOMES[part] ?? ''} {...box} />,
          ),
        )}
      </Chart>
    </>
  );
}

/** Of the runs of each day that ended, how many were successful. */
export function RateChart({ days }: DaysProps) {
  const strokes = toStrokes(
    days.map(({ report }) => report?.successRate),
    1,
  );
  return (
    <Chart name="rate" days={days} top="100%" about="A line by day: the share of successful runs.">
      {strokes.map((points) => (
        <polyline class="line rate" points={points} />
      ))}
    </Chart>
  );
}

const PERCENTILES = [
  ['p50', 'p50Seconds'],
  ['p95', 'p95Seconds'],
  ['p99', 'p99Seconds'],
] as const;

/** p50, p95 and p99 of each day. */
export function DurationChart({ days }: DaysProps) {
  const top = toTop(days.flatMap(({ report }) => PERCENTILES.map(([, member]) => report?.[member])));
  return (
    <>
      <p class="keys">
        {PERCENTILES.map(([name]) => (
          <span class={`key ${name}`}>{name}</span>
        ))}
      </p>
      <Chart
        name="durations"
        days={days}
        top={`${formatCount(top)} s`}
        about="Three lines by day: p50, p95 and p99."
      >
        {PERCENTILES.flatMap(([name, member]) =>
          toStrokes(
            days.map(({ report }) => report?.[member]),
            top,
          ).map((points) => <polyline class={`line ${name}`} points={points} />),
        )}
      </Chart>
    </>
  );
}

interface ChartProps extends DaysProps {
  /** By which the script knows what to draw. */
  readonly name: string;
  /** The number at the upper end, in words. */
  readonly top: string;
  readonly about: string;
  readonly children: Child;
}

/** The place of a chart: a drawing of the server, in whose stead the script puts its own. */
function Chart({ name, days, top, about, children }: ChartProps) {
  const label = `${about} A day without a report is a gap. The table below the runs has the numbers.`;
  return (
    <>
      <div class="chart with-script" data-chart={name} role="img" aria-label={label} />
      <p class="note readout with-script" data-readout={name} aria-hidden="true" />
      <figure class="drawing without-script">
        <figcaption class="note">{`Up to ${top}`}</figcaption>
        <svg
          role="img"
          aria-label={label}
          viewBox={`0 0 ${days.length * DAY_WIDTH} 100`}
          preserveAspectRatio="none"
        >
          {days.map(({ report }, day) =>
            report === undefined ? (
              <rect class="gap" x={day * DAY_WIDTH} y={0} width={DAY_WIDTH} height={100} />
            ) : null,
          )}
          {children}
        </svg>
        <p class="ends note" aria-hidden="true">
          <span>{days[0]?.date}</span>
          <span>{days.at(-1)?.date}</span>
        </p>
      </figure>
    </>
  );
}
