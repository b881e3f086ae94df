import { type CountDrop, isLabelLike } from '../../privacy/index.js';
import { OTHER } from '../vocabulary.js';
import { type Measurement, toMeasurement } from './measurement.js';
import { MetricReport } from './metric-report.js';
import { MetricType } from './metric-type.js';
import { OPERATION_LATENCY, OperationLatency } from './operation-latency.js';
import { createSeries, type Series } from './series.js';

export interface MetricsOptions {
  /** Most series that are told apart at a time, over all sessions; 200 unless given. */
  readonly maxSeries?: number;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  readonly countDrop: CountDrop;
}

/** Measurements, held as series until somebody takes them: one report a series, however many values it has. */
export interface Metrics<Session> {
  /**
   * Add a measurement to its series.
   *
   * @param name - a label, such as `queue.length`
   * @param measured - a number, or an object as {@link toMeasurement} reads it
   * @remarks Never throws. What is no measurement is counted as `field_invalid`, a name that is no label as
   *   `event_name_invalid`. A series too many is counted as `value_truncated`, and its values go to one named `other` of the
   *   same type, without unit and attributes.
   */
  record(session: Session, name: string, measured: unknown, type?: MetricType): void;
  /** Reports of the series of a session, or of all, oldest first. They start again with their next value. */
  take(session?: Session): readonly { readonly session: Session; readonly report: MetricReport }[];
  /** How many series there is something to report of. */
  readonly size: number;
}

interface HeldSeries<Session> {
  readonly session: Session;
  readonly name: string;
  readonly measurement: Measurement;
  readonly startedMs: number;
  readonly values: Series;
}

const MAX_SERIES = 200;

/** @typeParam Session - what reports belong to, compared by identity */
export function createMetrics<Session>(options: MetricsOptions): Metrics<Session> {
  const { maxSeries = MAX_SERIES, now, countDrop } = options;
  const sessions = new Map<Session, Map<string, HeldSeries<Session>>>();
  let size = 0;

  function seriesOf(
    session: Session,
    name: string,
    measurement: Measurement,
    limit: number,
  ): HeldSeries<Session> | undefined {
    const held = sessions.get(session) ?? new Map<string, HeldSeries<Session>>();
    const key = keyOf(name, measurement);
    const known = held.get(key);
    if (known || size >= limit) return known;
    const { type } = measurement;
    const series = { session, name, measurement, startedMs: now(), values: createSeries(type) };
    sessions.set(session, held.set(key, series));
    size += 1;
    return series;
  }

  /** Sessions are as many as the host makes, so the series for the rest have a limit too. */
  function overflowOf(session: Session, { type, value }: Measurement): HeldSeries<Session> | undefined {
    countDrop('value_truncated');
    const rest = { type, value, unit: undefined, attributes: {} };
    return seriesOf(session, OTHER, rest, 2 * maxSeries);
  }

  function add(session: Session, name: string, measured: unknown, type: MetricType | undefined): void {
    const measurement = toMeasurement(measured, type, countDrop);
    if (!measurement) {
      countDrop('field_invalid');
      return;
    }
    const series = seriesOf(session, name, measurement, maxSeries) ?? overflowOf(session, measurement);
    series?.values.add(measurement.value);
  }

  return {
    record(session, name, measured, type) {
      try {
        if (isMetricName(name)) add(session, name, measured, type);
        else countDrop('event_name_invalid');
      } catch {
        countDrop('field_unreadable');
      }
    },
    take(session) {
      const taken = [...sessions].filter(([owner]) => session === undefined || owner === session);
      for (const [owner, { size: count }] of taken) {
        sessions.delete(owner);
        size -= count;
      }
      const endedMs = now();
      return taken.flatMap(([owner, held]) =>
        [...held.values()].map((series) => ({ session: owner, report: toReport(series, endedMs) })),
      );
    },
    get size() {
      return size;
    },
  };
}

const isMetricName = (name: unknown) => typeof name === 'string' && name !== '' && isLabelLike(name);

function keyOf(name: string, { type, unit, attributes }: Measurement): string {
  return JSON.stringify([name, type, unit, attributes]);
}

function toReport(series: HeldSeries<unknown>, endedMs: number): MetricReport {
  const { name: metric, measurement, startedMs, values } = series;
  const { type, unit, attributes } = measurement;
  const isLatency = metric === OPERATION_LATENCY && type === MetricType.HISTOGRAM;
  const report: MetricReport = isLatency ? new OperationLatency() : new MetricReport();
  const fields = { metric, type, unit, ...values.summary(), window_ms: Math.max(0, endedMs - startedMs) };
  return Object.assign(report, attributes, fields);
}
