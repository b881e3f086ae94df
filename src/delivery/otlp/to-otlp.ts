import { LIBRARY_NAME, LIBRARY_VERSION } from '../../internal/index.js';
import type { JsonObject, SanitizedEvent } from '../../privacy/index.js';
import { allProperties } from '../message.js';
import { toResourceAttributes } from './attributes.js';
import { SIGNAL } from './properties.js';
import { type LogRecord, toLogRecord } from './to-log.js';
import { type Metric, toMetric } from './to-metric.js';
import { type Span, toSpan } from './to-span.js';

/** Whose events they are. */
export interface OtlpSource {
  readonly app: string;
  /** Of the app. */
  readonly version: string | undefined;
  /** What the `distinct_id` of its events names. */
  readonly distinctId: 'session' | 'installation';
}

/** An event as OTLP has it, and what it is about. Each signal has a request of its own. */
export type OtlpRecord = { readonly resource: JsonObject } & (
  | { readonly signal: 'logs'; readonly record: LogRecord }
  | { readonly signal: 'traces'; readonly record: Span }
  | { readonly signal: 'metrics'; readonly record: Metric }
);

export type OtlpSignal = OtlpRecord['signal'];

const ID_NAMES = { session: 'session.id', installation: 'app.installation.id' } as const;

/**
 * An event as a log record, a span or a metric, by its property `$signal`. What says to be a metric and is none becomes a log
 * record. Pure: the same event gives the same record, from the memory of the process that recorded it or read back from its ledger.
 */
export function toOtlp(event: SanitizedEvent, source: OtlpSource): OtlpRecord {
  const properties = allProperties(event);
  const resource = toResource(properties, source);
  const identity = { [ID_NAMES[source.distinctId]]: event.distinctId };
  const toLog = (level: 'event' | 'error' | 'crash'): OtlpRecord => ({
    signal: 'logs',
    resource,
    record: toLogRecord(event, properties, identity, level),
  });
  const signal = properties[SIGNAL];
  switch (signal) {
    case 'error':
    case 'crash':
      return toLog(signal);
    case 'span':
      return { signal: 'traces', resource, record: toSpan(event, properties, identity) };
    case 'metric': {
      const record = toMetric(event, properties, identity);
      return record ? { signal: 'metrics', resource, record } : toLog('event');
    }
    default:
      return toLog('event');
  }
}

/** Nothing of it comes from the environment: `OTEL_RESOURCE_ATTRIBUTES` are of the user's own telemetry. */
function toResource(properties: JsonObject, { app, version }: OtlpSource): JsonObject {
  return {
    'service.name': app,
    ...(version === undefined ? {} : { 'service.version': version }),
    'telemetry.sdk.language': 'nodejs',
    'telemetry.sdk.name': LIBRARY_NAME,
    'telemetry.sdk.version': LIBRARY_VERSION,
    ...toResourceAttributes(properties),
  };
}
