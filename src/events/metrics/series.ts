import { createHistogram } from './histogram.js';
import { MAX_VALUE } from './measurement.js';
import type { MetricReport } from './metric-report.js';
import { MetricType } from './metric-type.js';

type Summary = Partial<Omit<MetricReport, '$signal' | 'serializeForTelemetry'>>;

/** The values of one series so far, in bounded memory. */
export interface Series {
  add(value: number): void;
  /** The fields of a report that say what the values were. */
  summary(): Summary & { readonly count: number };
}

export function createSeries(type: MetricType): Series {
  switch (type) {
    case MetricType.GAUGE:
      return createGauge();
    case MetricType.COUNTER:
      return createCounter();
    case MetricType.HISTOGRAM:
      return createSpread();
    default:
      return type satisfies never;
  }
}

function createGauge(): Series {
  let [value, min, max, count] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  return {
    add(measured) {
      value = measured;
      min = Math.min(min, measured);
      max = Math.max(max, measured);
      count += 1;
    },
    summary: () => ({ value, min, max, count }),
  };
}

function createCounter(): Series {
  let [sum, count] = [0, 0];
  return {
    add(measured) {
      sum += measured;
      count += 1;
    },
    summary: () => ({ value: clamp(sum), sum: clamp(sum), count }),
  };
}

function createSpread(): Series {
  const histogram = createHistogram();
  return {
    add: (measured) => void histogram.record(measured),
    summary: () => withoutNulls(histogram.toJson()),
  };
}

/** A series has values, so there is nothing that a histogram could not say of them. */
function withoutNulls(json: ReturnType<ReturnType<typeof createHistogram>['toJson']>) {
  const { min, max, p50, p95, p99, sum, ...rest } = json;
  const measured = { min, max, p50, p95, p99 };
  return { ...rest, sum: clamp(sum), ...(measured as { readonly [Name in keyof typeof measured]: number }) };
}

/** A report has room for so much. */
const clamp = (sum: number): number => Math.min(sum, MAX_VALUE);
