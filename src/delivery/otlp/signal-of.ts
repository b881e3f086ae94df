import type { SanitizedEvent } from '../../privacy/index.js';
import { SIGNAL } from './properties.js';
import type { OtlpSignal } from './to-otlp.js';

/** The signal that an event asks for. One that says to be a metric and is none becomes a log record all the same. */
export function signalOf({ properties, common }: SanitizedEvent): OtlpSignal {
  switch (properties[SIGNAL] ?? common[SIGNAL]) {
    case 'span':
      return 'traces';
    case 'metric':
      return 'metrics';
    default:
      return 'logs';
  }
}
