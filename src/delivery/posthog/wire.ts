import { LIBRARY_NAME, LIBRARY_VERSION } from '../../internal/index.js';
import type { SanitizedEvent } from '../../privacy/index.js';
import { type Message, toMessage } from '../message.js';

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
export const toPostHogMessage = (event: SanitizedEvent): Message => toMessage(event, POSTHOG_PROPERTIES);
