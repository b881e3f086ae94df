export { createHistogram, type Histogram, type HistogramData, type HistogramJson } from './histogram.js';
export { MetricReport } from './metric-report.js';
export { MetricType } from './metric-type.js';
export { createMetrics, type Metrics, type MetricsOptions } from './metrics.js';
export { OPERATION_LATENCY, OperationLatency } from './operation-latency.js';
