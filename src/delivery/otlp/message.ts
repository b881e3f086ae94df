import type { JsonObject, SanitizedEvent } from '../../privacy/index.js';

/** An event as it stands in the ledger and in a preview when it leaves as OTLP: all that is sent of it, before it is encoded. */
export interface OtlpMessage {
  readonly distinct_id: string;
  readonly event: string;
  readonly properties: JsonObject;
  /** ISO 8601, UTC, milliseconds. */
  readonly timestamp: string;
  readonly uuid: string;
}

export function toOtlpMessage(event: SanitizedEvent): OtlpMessage {
  return {
    distinct_id: event.distinctId,
    event: event.event,
    properties: allProperties(event),
    timestamp: new Date(event.timestampMs).toISOString(),
    uuid: event.uuid,
  };
}

/** The event's own stand first and win over what is common to all, as for PostHog. */
export function allProperties({ properties, common, isComplete }: SanitizedEvent): JsonObject {
  return isComplete ? properties : (Object.assign({}, properties, common, properties) as JsonObject);
}
