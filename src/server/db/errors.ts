import { TelemetryError } from '../../internal/index.js';

/** The database did not do what was asked. Carries no driver's error: those quote rows, values and addresses. */
export class RepositoryError extends TelemetryError {
  override readonly name: string = 'RepositoryError';
}
