import { integer, label, listOf, number, oneOf, plain } from '../../privacy/index.js';
import { declareLate } from '../declare-late.js';
import { howMany } from '../domains.js';
import { TelemetryEvent } from '../telemetry-event.js';
import { METRIC_UNITS, OTHER } from '../vocabulary.js';
import { METRIC_TYPES, type MetricType } from './metric-type.js';

/**
 * `<app>.metric`: what became of one series of a metric since its last report. Own properties that are no fields are the
 * attributes of the series, reduced by the rule for untyped payloads.
 */
export class MetricReport extends TelemetryEvent {
  readonly $signal = 'metric';
  /** The metric's name, such as `queue.length`. */
  metric!: string;
  type!: MetricType;
  /** One of {@link METRIC_UNITS}, or `other`; left out when nobody said. */
  unit?: string | undefined;
  /** Of a gauge the last value, of a counter the sum. */
  value?: number | undefined;
  /** How many values were measured. */
  count!: number;
  sum?: number | undefined;
  min?: number | undefined;
  max?: number | undefined;
  p50?: number | undefined;
  p95?: number | undefined;
  p99?: number | undefined;
  /** This and the following as in OpenTelemetry's exponential histogram. */
  scale?: number | undefined;
  zero_count?: number | undefined;
  offset?: number | undefined;
  bucket_counts?: readonly number[] | undefined;
  /** From the first of the values to the report. */
  window_ms!: number;
}

const MAX_BUCKETS = 160;
const YEAR_MS = 31_622_400_000;

declareLate(
  MetricReport,
  'metric',
  () => {
    const measured = plain(number({ min: -1e15, max: 1e15, decimals: 9 }));
    return {
      $signal: plain(oneOf('metric')),
      metric: plain(label),
      type: plain(oneOf(...METRIC_TYPES)),
      unit: plain(oneOf(...METRIC_UNITS).or(OTHER)),
      value: measured,
      count: plain(howMany),
      sum: measured,
      min: measured,
      max: measured,
      p50: measured,
      p95: measured,
      p99: measured,
      scale: plain(integer({ min: -10, max: 20 })),
      zero_count: plain(howMany),
      offset: plain(integer({ min: -(2 ** 31), max: 2 ** 31 })),
      bucket_counts: plain(listOf(howMany, { maxMembers: MAX_BUCKETS })),
      window_ms: plain(number({ min: 0, max: YEAR_MS, decimals: 2 })),
    };
  },
  { isPrefixed: true, separator: '.', purpose: 'following measured values over time', undeclared: 'plain' },
);
