import { integer, label, oneOf, plain } from '../../privacy/index.js';
import { declareLate } from '../declare-late.js';
import { TelemetryEvent } from '../telemetry-event.js';
import { HEALTH_STATES, OTHER } from '../vocabulary.js';

const CENTURY_SECONDS = 3_155_760_000;

/** `<app>.health`: how a service is. */
export class ServiceHealth extends TelemetryEvent {
  /** The part of the product, such as `database`; not a host. */
  service!: string;
  /** One of {@link HEALTH_STATES}, or `other`. */
  status!: string;
  /** Whole seconds. */
  uptime_seconds?: number | undefined;
}

declareLate(
  ServiceHealth,
  'health',
  () => ({
    service: plain(label),
    status: plain(oneOf(...HEALTH_STATES).or(OTHER)),
    uptime_seconds: plain(integer({ min: 0, max: CENTURY_SECONDS })),
  }),
  { isPrefixed: true, separator: '.', purpose: 'noticing when a service is not well' },
);
