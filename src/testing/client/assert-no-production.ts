import { ConfigError } from '../../internal/index.js';

/** @throws {ConfigError} `TESTING_IN_PRODUCTION` */
export function assertNoProduction(what: string): void {
  if (process.env.NODE_ENV !== 'production') return;
  throw new ConfigError(
    'TESTING_IN_PRODUCTION',
    `${what} is for tests and does not run with NODE_ENV=production: it asks nobody for consent and sends nothing, so that events would be lost without a word. Use createTelemetry() of \`sotto\`, or run the tests with another NODE_ENV.`,
  );
}
