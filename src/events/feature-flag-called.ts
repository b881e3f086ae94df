import { label, plain } from '../privacy/index.js';
import { declareLate } from './declare-late.js';
import { TelemetryEvent } from './telemetry-event.js';

/** What is said of the variants with every event is held back together with it. */
export const FLAG_CALLED = '$feature_flag_called';

/**
 * A flag was read and had a value, once per flag and value: the event behind PostHog's experiments. Sotto sends its own,
 * because the one posthog-node sends does not pass the privacy door.
 */
export class FeatureFlagCalled extends TelemetryEvent {
  key!: string;
  response!: string | boolean;
}

declareLate(
  FeatureFlagCalled,
  FLAG_CALLED,
  () => ({
    key: plain(label, { as: '$feature_flag' }),
    response: plain(label, { as: '$feature_flag_response' }),
  }),
  { purpose: 'comparing the variants of a feature' },
);
