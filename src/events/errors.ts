import { TelemetryError } from '../internal/index.js';

/** An event was created with a value its class does not allow. Thrown under `NODE_ENV=development|test` only. */
export class EventError extends TelemetryError {
  override readonly name: string = 'EventError';
}
