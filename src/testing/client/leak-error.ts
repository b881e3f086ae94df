import { TelemetryError } from '../../internal/index.js';

/** A secret that was found in what would leave. Never holds the secret. */
export interface Leak {
  /** Its key among the secrets, or its number in a list. */
  readonly secret: string;
  /** What it was turned into: `plain`, `in base64`, `sha256 in hex`. */
  readonly form: string;
  /** Where it was found: `code_search: properties.query`. */
  readonly path: string;
}

/** Something that must not leave would leave. */
export class LeakError extends TelemetryError {
  override readonly name = 'LeakError';
  readonly leaks: readonly Leak[];

  constructor(leaks: readonly Leak[]) {
    super('SECRET_LEAKED', describeLeaks(leaks));
    this.leaks = leaks;
  }
}

export function describeLeaks(leaks: readonly Leak[]): string {
  const lines = leaks.map(({ secret, form, path }) => `  ${secret} stands in ${path} (${form})`);
  const advice = 'Declare another decision for the field, such as textCount() or hash(), or forbidden().';
  return [`${leaks.length === 1 ? 'A secret' : 'Secrets'} would leave.`, ...lines, advice].join('\n');
}
