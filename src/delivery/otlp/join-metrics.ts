import type { Metric } from './to-metric.js';

/** Metrics with the points of equal ones put together: in one request a receiver wants each of them once. */
export function joinMetrics(metrics: readonly Metric[]): readonly Metric[] {
  const joined = new Map<string, Metric>();
  for (const metric of metrics) {
    const key = JSON.stringify([metric.descriptor, metric.dataPointType]);
    const before = joined.get(key);
    // Of equal keys, and so with points of one kind.
    const dataPoints = [...(before?.dataPoints ?? []), ...metric.dataPoints] as never;
    joined.set(key, { ...metric, dataPoints });
  }
  return [...joined.values()];
}
