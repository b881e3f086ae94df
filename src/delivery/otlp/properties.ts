/**
 * How events speak to OTLP: the names of properties that the built-in classes give a meaning beyond that of an attribute. An
 * untyped payload cannot say `$signal`, so that none of its events becomes anything but an event.
 */
export const SIGNAL = '$signal';

/** Of a span. The other properties are its attributes. */
export const SPAN = {
  name: 'span_name',
  durationMs: 'duration_ms',
  succeeded: 'succeeded',
} as const;

/** Of a metric. The other properties are attributes of its data point. */
export const METRIC = {
  name: 'metric',
  type: 'type',
  unit: 'unit',
  /** From the first value to the report. */
  windowMs: 'window_ms',
  value: 'value',
  count: 'count',
  sum: 'sum',
  min: 'min',
  max: 'max',
  scale: 'scale',
  zeroCount: 'zero_count',
  offset: 'offset',
  bucketCounts: 'bucket_counts',
} as const;

/** Computed from the buckets: OTLP leaves that to the receiver. */
const QUANTILES = ['p50', 'p95', 'p99'];

/** UCUM, which OpenTelemetry's units are, for those that have another name there. */
export const UNITS: Readonly<Record<string, string>> = {
  bytes: 'By',
  count: '1',
  ratio: '1',
  percent: '%',
  usd: '{USD}',
  tokens: '{token}',
  other: '',
};

/** Attributes that OpenTelemetry has a name for. */
export const ATTRIBUTE_NAMES = {
  log: {
    error_type: 'exception.type',
    error_message: 'exception.message',
    stack_trace: 'exception.stacktrace',
  },
  span: { error_type: 'error.type' },
  metric: {},
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What is the same for all events of a machine: said once, for the resource. */
export const OF_RESOURCE: ReadonlySet<string> = new Set([
  'os.type',
  'os.version',
  'host.arch',
  'host.cpu_count',
  'host.memory_gib',
  'process.runtime.version',
]);

/** What is no attribute. PostHog's own are in events that were recorded for it. */
const SPOKEN = [SIGNAL, '$process_person_profile', '$geoip_disable', '$lib', '$lib_version'];
export const NO_ATTRIBUTES = {
  log: new Set(SPOKEN),
  span: new Set([...SPOKEN, ...Object.values<string>(SPAN)]),
  metric: new Set([...SPOKEN, ...Object.values<string>(METRIC), ...QUANTILES]),
} as const;
