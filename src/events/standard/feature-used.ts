import { label, plain } from '../../privacy/index.js';
import { declareLate } from '../declare-late.js';
import { TelemetryEvent } from '../telemetry-event.js';

/** `<app>.feature.used`: somebody used a feature. */
export class FeatureUsed extends TelemetryEvent {
  feature_name!: string;
  feature_variant?: string | undefined;
  feature_category?: string | undefined;
  /** Through which of the product's doors, such as `whatsapp` or `cli`. */
  channel?: string | undefined;
}

declareLate(
  FeatureUsed,
  'feature.used',
  () => ({
    feature_name: plain(label),
    feature_variant: plain(label),
    feature_category: plain(label),
    channel: plain(label),
  }),
  { isPrefixed: true, separator: '.', purpose: 'learning which features are used' },
);
