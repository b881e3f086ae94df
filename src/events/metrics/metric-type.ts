/** What a metric is, under OpenTelemetry's names: a value of the moment, a sum that only grows, or a spread of values. */
export const MetricType = { GAUGE: 'gauge', COUNTER: 'counter', HISTOGRAM: 'histogram' } as const;

export type MetricType = (typeof MetricType)[keyof typeof MetricType];

export const METRIC_TYPES = Object.values(MetricType);
