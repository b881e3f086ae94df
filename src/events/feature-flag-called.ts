import { builtInEvent, label, plain } from '../privacy/index.js';
import { TelemetryEvent } from './telemetry-event.js';

/**
 * A flag was read and had a value, once per flag and value: the event behind PostHog's experiments. Sotto sends its own,
 * because the one posthog-node sends does not pass the privacy door.
 */
@builtInEvent('$feature_flag_called')
export class FeatureFlagCalled extends TelemetryEvent {
  @plain(label, { as: '$feature_flag' }) key!: string;
  @plain(label, { as: '$feature_flag_response' }) response!: string | boolean;
}
