import { LIBRARY_NAME, LIBRARY_VERSION } from '../../internal/index.js';
import type { JsonObject, SanitizedEvent } from '../../privacy/index.js';

/** One entry of PostHog's `/batch/` request. */
export interface PostHogMessage {
  readonly distinct_id: string;
  readonly event: string;
  readonly properties: JsonObject;
  /** ISO 8601, UTC, milliseconds. */
  readonly timestamp: string;
  readonly uuid: string;
}

/**
 * What PostHog is told with every event: no person profile, no location from the address, and who is speaking. They
 * have the last word: no event and no session tag can change them.
 */
const POSTHOG_PROPERTIES = {
  $process_person_profile: false,
  $geoip_disable: true,
  $lib: LIBRARY_NAME,
  $lib_version: LIBRARY_VERSION,
} as const;

/** An event as PostHog receives it. Preview and wire both come from here, so they are the same bytes. */
export function toPostHogMessage(event: SanitizedEvent): PostHogMessage {
  return {
    distinct_id: event.distinctId,
    event: event.event,
    properties: withPostHogProperties(event),
    timestamp: new Date(event.timestampMs).toISOString(),
    uuid: event.uuid,
  };
}

/**
 * The event's own properties stand first and win over what is common to all.
 *
 * @remarks Not by spreading: into an object that has properties already that takes ten times as long.
 */
function withPostHogProperties({ properties, common, isComplete }: SanitizedEvent): JsonObject {
  if (isComplete) return properties;
  return Object.assign({}, properties, common, properties, POSTHOG_PROPERTIES) as JsonObject;
}
