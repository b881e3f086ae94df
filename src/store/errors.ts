import { TelemetryError } from '../internal/index.js';

/** Something of the user's own view could not be written where they asked for it. Never thrown by a recording call. */
export class StoreError extends TelemetryError {
  override readonly name: string = 'StoreError';
}
