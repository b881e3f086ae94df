import type { JsonObject, JsonValue, SanitizedEvent } from '../../privacy/index.js';
import { toAttributes } from './attributes.js';
import { METRIC, UNITS } from './properties.js';
import { type HrTime, toHrTime } from './time.js';

interface DataPoint<Value> {
  readonly startTime: HrTime;
  readonly endTime: HrTime;
  readonly attributes: JsonObject;
  readonly value: Value;
}

interface Spread {
  readonly count: number;
  readonly sum: number;
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly scale: number;
  readonly zeroCount: number;
  readonly positive: Buckets;
  readonly negative: Buckets;
}

interface Buckets {
  readonly offset: number;
  readonly bucketCounts: readonly number[];
}

interface Stream {
  readonly descriptor: {
    readonly name: string;
    readonly description: '';
    readonly unit: string;
    readonly valueType: number;
  };
  readonly aggregationTemporality: number;
}

/** What the serializers read of a metric. */
export type Metric = Stream &
  (
    | { readonly dataPointType: typeof GAUGE; readonly dataPoints: readonly DataPoint<number>[] }
    | {
        readonly dataPointType: typeof SUM;
        readonly isMonotonic: true;
        readonly dataPoints: readonly DataPoint<number>[];
      }
    | { readonly dataPointType: typeof SPREAD; readonly dataPoints: readonly DataPoint<Spread>[] }
  );

/** As OpenTelemetry's SDK counts these. */
const SPREAD = 1;
const GAUGE = 2;
const SUM = 3;
const DELTA = 0;
const DOUBLE = 1;

/**
 * A report of a metric as one data point: of a gauge the last value, of a counter what came to it since its last report, of a
 * histogram its exponential buckets.
 *
 * @param identity - who speaks: attributes that no property can change. Every process has a stream of its own by them
 * @returns undefined when the properties are no such report
 */
export function toMetric(
  { event, timestampMs }: SanitizedEvent,
  properties: JsonObject,
  identity: JsonObject,
): Metric | undefined {
  const { [METRIC.name]: name, [METRIC.unit]: unit, [METRIC.windowMs]: windowMs } = properties;
  const stream: Stream = {
    descriptor: {
      name: typeof name === 'string' ? name : event,
      description: '',
      unit: typeof unit === 'string' ? (UNITS[unit] ?? unit) : '',
      // Always: one stream must not change between the two.
      valueType: DOUBLE,
    },
    aggregationTemporality: DELTA,
  };
  const pointOf = <Value>(value: Value): DataPoint<Value>[] => [
    {
      startTime: toHrTime(timestampMs - (numberOr(windowMs) ?? 0)),
      endTime: toHrTime(timestampMs),
      attributes: { ...toAttributes(properties, 'metric'), ...identity },
      value,
    },
  ];
  const value = numberOr(properties[METRIC.value]);
  const sum = numberOr(properties[METRIC.sum]) ?? value;
  const spread = toSpread(properties);
  switch (properties[METRIC.type]) {
    case 'gauge':
      return value === undefined
        ? undefined
        : { ...stream, dataPointType: GAUGE, dataPoints: pointOf(value) };
    case 'counter':
      return sum === undefined
        ? undefined
        : { ...stream, dataPointType: SUM, isMonotonic: true, dataPoints: pointOf(sum) };
    case 'histogram':
      return spread && { ...stream, dataPointType: SPREAD, dataPoints: pointOf(spread) };
    default:
      return undefined;
  }
}

function toSpread(properties: JsonObject): Spread | undefined {
  const { [METRIC.bucketCounts]: bucketCounts, [METRIC.count]: count, [METRIC.scale]: scale } = properties;
  const { [METRIC.zeroCount]: zeroCount = 0, [METRIC.offset]: offset = 0 } = properties;
  const sum = numberOr(properties[METRIC.sum]);
  const isWhole = isCount(count) && isCount(zeroCount) && isInteger(scale) && isInteger(offset);
  if (!isWhole || sum === undefined || !Array.isArray(bucketCounts) || !bucketCounts.every(isCount))
    return undefined;
  return {
    count,
    sum,
    min: numberOr(properties[METRIC.min]),
    max: numberOr(properties[METRIC.max]),
    scale,
    zeroCount,
    positive: { offset, bucketCounts },
    negative: { offset: 0, bucketCounts: [] },
  };
}

const numberOr = (value: JsonValue | undefined) => (typeof value === 'number' ? value : undefined);

const isInteger = (value: JsonValue | undefined): value is number => Number.isSafeInteger(value);

const isCount = (value: JsonValue | undefined): value is number => isInteger(value) && value >= 0;
