import { bool, errorName, label, oneOf, plain } from '../../privacy/index.js';
import { declareLate } from '../declare-late.js';
import { milliseconds } from '../domains.js';
import { TelemetryEvent } from '../telemetry-event.js';

/** `<app>.operation`: one operation from its start to its end, as a span. Recorded when it has ended. */
export class Operation extends TelemetryEvent {
  readonly $signal = 'span';
  span_name!: string;
  succeeded!: boolean;
  duration_ms!: number;
  /** Class of what it failed with, such as `TypeError`. */
  error_type?: string | undefined;
}

declareLate(
  Operation,
  'operation',
  () => ({
    $signal: plain(oneOf('span')),
    span_name: plain(label),
    succeeded: plain(bool()),
    duration_ms: plain(milliseconds),
    error_type: plain(errorName),
  }),
  { isPrefixed: true, separator: '.', purpose: 'finding what is slow or fails' },
);
