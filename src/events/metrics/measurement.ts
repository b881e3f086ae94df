import { type CountDrop, modelOfSchema } from '../../privacy/index.js';
import { type Attributes, readAttributes } from './attributes.js';
import { MetricReport } from './metric-report.js';
import { METRIC_TYPES, MetricType } from './metric-type.js';

/** One value, and the series it belongs to. */
export interface Measurement {
  readonly value: number;
  readonly type: MetricType;
  readonly unit: string | undefined;
  readonly attributes: Attributes;
}

/** Larger than any count, size or time, and small enough that adding up keeps whole numbers whole. */
export const MAX_VALUE = 1e15;

/** What measures, and what a report gives a meaning of its own: no attribute can have these names. */
const isTaken = (name: string) =>
  name === 'duration_ms' || modelOfSchema(MetricReport)?.sources.has(name) === true;

/**
 * What was measured → a value and its series.
 *
 * @param measured - a number; or an object with `duration_ms` (a histogram in milliseconds unless `type` says otherwise) or
 *   `value` (in its `unit`), whose other members are attributes
 * @param type - `gauge` unless given, for anything but a duration
 * @returns undefined when there is no number in it, or none that the type can take: it has to be finite and at most 10^15,
 *   and for a counter, a histogram or a duration not negative
 * @throws what reading the host's object throws
 */
export function toMeasurement(
  measured: unknown,
  type: MetricType | undefined,
  countDrop: CountDrop,
): Measurement | undefined {
  const isObject = typeof measured === 'object' && measured !== null;
  const source: object = isObject ? measured : {};
  const { duration_ms: duration, value: amount, unit } = source as Readonly<Record<string, unknown>>;
  const isDuration = duration !== undefined;
  const value = isObject ? (isDuration ? duration : amount) : measured;
  const measuredAs = type ?? (isDuration ? MetricType.HISTOGRAM : MetricType.GAUGE);
  if (!METRIC_TYPES.includes(measuredAs) || !isMeasured(value)) return undefined;
  if (value < 0 && (isDuration || measuredAs !== MetricType.GAUGE)) return undefined;
  return {
    value,
    type: measuredAs,
    unit: isDuration ? 'ms' : typeof unit === 'string' ? unit : undefined,
    attributes: isObject ? readAttributes(source, isTaken, countDrop) : NO_ATTRIBUTES,
  };
}

const NO_ATTRIBUTES: Attributes = {};

const isMeasured = (value: unknown): value is number =>
  typeof value === 'number' && Math.abs(value) <= MAX_VALUE;
