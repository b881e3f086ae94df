import { toIso } from '../internal/index.js';
import type { JsonObject, SanitizedEvent } from '../privacy/index.js';

/** An event as it stands in the ledger and in a preview, and as it leaves. One entry of PostHog's `/batch/` request has this form. */
export interface Message {
  readonly distinct_id: string;
  readonly event: string;
  readonly properties: JsonObject;
  /** ISO 8601, UTC, milliseconds. */
  readonly timestamp: string;
  readonly uuid: string;
}

const NOTHING: JsonObject = {};

/** @param added - what a sink says with every event; it has the last word */
export function toMessage(event: SanitizedEvent, added?: JsonObject): Message {
  return {
    distinct_id: event.distinctId,
    event: event.event,
    properties: allProperties(event, added),
    timestamp: toIso(event.timestampMs),
    uuid: event.uuid,
  };
}

/**
 * The event's own properties stand first and win over what is common to all.
 *
 * @remarks Not by spreading: into an object that has properties already that takes ten times as long.
 */
export function allProperties(
  { properties, common, isComplete }: SanitizedEvent,
  added: JsonObject = NOTHING,
): JsonObject {
  if (isComplete) return properties;
  return Object.assign({}, properties, common, properties, added) as JsonObject;
}
