import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { ReportKind } from '../../wire/reports/index.js';

const OUTCOMES = ['accepted', 'duplicate', 'refused', 'failed', 'withheld', 'skipped'] as const;
/** What became of a report, as it is counted. */
export type CountedOutcome = (typeof OUTCOMES)[number];

/** What `GET /metrics` shows of the sending. */
export interface SendingMetrics {
  readonly reports: Counter<'kind' | 'outcome'>;
  readonly lastSent: Gauge<'kind'>;
  readonly leaseHeld: Gauge;
  readonly buildDuration: Histogram<'kind'>;
}

const KINDS: readonly ReportKind[] = ['heartbeat', 'daily'];

export function createSendingMetrics(registry: Registry): SendingMetrics {
  const registers = [registry];
  const metrics: SendingMetrics = {
    reports: new Counter({
      name: 'sotto_collector_reports_total',
      help: 'Reports by what became of them.',
      labelNames: ['kind', 'outcome'],
      registers,
    }),
    lastSent: new Gauge({
      name: 'sotto_collector_last_sent_timestamp_seconds',
      help: 'When the vendor last accepted a report.',
      labelNames: ['kind'],
      registers,
    }),
    leaseHeld: new Gauge({
      name: 'sotto_collector_lease_held',
      help: '1 while this process is the one that sends.',
      registers,
    }),
    buildDuration: new Histogram({
      name: 'sotto_collector_build_duration_seconds',
      help: 'How long it took to read a report from the database.',
      labelNames: ['kind'],
      buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
  };
  // There from the start: a rate over a counter that appears with its first event misses it.
  for (const kind of KINDS) for (const outcome of OUTCOMES) metrics.reports.inc({ kind, outcome }, 0);
  return metrics;
}
