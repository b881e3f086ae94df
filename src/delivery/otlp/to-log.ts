import type { JsonObject, SanitizedEvent } from '../../privacy/index.js';
import { toAttributes } from './attributes.js';
import { type HrTime, toHrTime } from './time.js';

/** What the serializers read of a log record. */
export interface LogRecord {
  readonly hrTime: HrTime;
  readonly hrTimeObserved: HrTime;
  readonly severityNumber: number;
  readonly severityText: string;
  readonly eventName: string;
  readonly attributes: JsonObject;
  readonly droppedAttributesCount: 0;
}

/** OpenTelemetry's levels. */
export const SEVERITIES = {
  event: { severityNumber: 9, severityText: 'INFO' },
  error: { severityNumber: 17, severityText: 'ERROR' },
  crash: { severityNumber: 21, severityText: 'FATAL' },
} as const;

/**
 * An event as OpenTelemetry has events: a log record with a name and without a body.
 *
 * @param identity - who speaks: attributes that no property can change
 */
export function toLogRecord(
  { event, uuid, timestampMs }: SanitizedEvent,
  properties: JsonObject,
  identity: JsonObject,
  level: keyof typeof SEVERITIES,
): LogRecord {
  const time = toHrTime(timestampMs);
  const attributes = toAttributes(properties, 'log');
  return {
    hrTime: time,
    hrTimeObserved: time,
    ...SEVERITIES[level],
    eventName: event,
    // A receiver knows by the uid what it was sent twice.
    attributes: { ...withStackText(attributes), ...identity, 'log.record.uid': uuid },
    droppedAttributesCount: 0,
  };
}

/** OpenTelemetry's stack trace is one text. */
function withStackText(attributes: JsonObject): JsonObject {
  const frames = attributes['exception.stacktrace'];
  return Array.isArray(frames) ? { ...attributes, 'exception.stacktrace': frames.join('\n') } : attributes;
}
