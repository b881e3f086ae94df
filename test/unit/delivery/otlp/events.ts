import { type OtlpSource, toOtlp } from '../../../../src/delivery/otlp/to-otlp.js';
import { restoreEvent, type SanitizedEvent } from '../../../../src/privacy/index.js';

export const SOURCE: OtlpSource = { app: 'acme', version: '1.4.0', distinctId: 'session' };

/** Saturday, in milliseconds. */
export const MORNING_MS = Date.UTC(2026, 10, 21, 8, 30, 0, 123);
export const MORNING_NANOS = `${MORNING_MS}000000`;

export const uuidOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

export const CONTEXT = {
  'os.type': 'linux',
  'os.version': '6',
  'host.arch': 'x64',
  'process.runtime.version': '20',
  'host.cpu_count': '3-4',
  'host.memory_gib': '5-8',
  ci: false,
};

/** An event as the privacy door would make it, told apart by its uuid. */
export function buildEvent(n: number, properties: object = {}, name = 'acme.searched'): SanitizedEvent {
  const event = {
    uuid: uuidOf(n),
    event: name,
    distinctId: 'session-1',
    timestampMs: MORNING_MS,
    properties,
    common: CONTEXT,
  };
  return event as unknown as SanitizedEvent;
}

export const buildError = (n: number, more: object = {}) =>
  buildEvent(
    n,
    {
      $signal: 'error',
      error_type: 'TypeError',
      error_message: 'Cannot read <value>',
      stack_trace: ['at run (app/run.js:1:2)', 'at main (app/main.js:3:4)'],
      ...more,
    },
    'acme.error',
  );

export const buildSpan = (n: number, more: object = {}) =>
  buildEvent(
    n,
    { $signal: 'span', span_name: 'index.build', duration_ms: 1_500.25, succeeded: true, files: 7, ...more },
    'acme.operation',
  );

export const buildGauge = (n: number, more: object = {}) =>
  buildEvent(
    n,
    { $signal: 'metric', metric: 'queue.length', type: 'gauge', unit: 'count', value: 4, count: 9, min: 1, max: 8, window_ms: 60_000, ...more },
    'acme.metric',
  ); // biome-ignore format: one row

export const buildCounter = (n: number, more: object = {}) =>
  buildEvent(
    n,
    { $signal: 'metric', metric: 'files.read', type: 'counter', unit: 'bytes', value: 12.5, sum: 12.5, count: 3, window_ms: 60_000, ...more },
    'acme.metric',
  ); // biome-ignore format: one row

export const buildHistogram = (n: number, more: object = {}) =>
  buildEvent(
    n,
    {
      $signal: 'metric', metric: 'performance.latency', type: 'histogram', unit: 'ms', count: 6, sum: 1_234.5, min: 0, max: 900,
      scale: -1, zero_count: 1, offset: -2, bucket_counts: [2, 0, 3], p50: 10, p95: 800, p99: 900, window_ms: 60_000,
      operation_type: 'search', ...more,
    },
    'acme.performance.latency',
  ); // biome-ignore format: one row

/** The same event as it is read back from the ledger. */
export function fromLedger(event: SanitizedEvent): SanitizedEvent {
  const { uuid, event: name, distinctId, timestampMs, properties, common } = event;
  const line = JSON.stringify({ ...properties, ...common, ...properties });
  const restored = restoreEvent({
    uuid,
    event: name,
    distinct_id: distinctId,
    timestamp: new Date(timestampMs).toISOString(),
    properties: JSON.parse(line),
  });
  if (!restored) throw new Error('The event could not stand in a ledger.');
  return restored;
}

export const recordOf = (event: SanitizedEvent, source = SOURCE) => toOtlp(event, source);
