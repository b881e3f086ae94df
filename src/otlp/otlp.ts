import { createRequire } from 'node:module';
import { ConfigError, OTLP_PEER } from '../internal/index.js';
import type { OtlpOptions } from '../settings/index.js';
import { isPeerMissing } from './peer.js';

const { resolve } = createRequire(import.meta.url);

/**
 * The option group `otlp`, after a look whether OpenTelemetry's serializers can be found. Telemetry loads them with its first
 * request, and would have to leave every event where it is without them.
 *
 * ```ts
 * createTelemetry({ app: 'acme', otlp: otlp({ endpoint: 'http://localhost:4318' }) });
 * ```
 *
 * @returns plain data: the same may be written by hand. It is checked with the other options
 * @throws {ConfigError} `PEER_MISSING` when the package is not installed
 * @remarks Loads nothing of it, and reads none of OpenTelemetry's variables. In a bundle nothing is looked for.
 */
export function otlp(options: OtlpOptions): OtlpOptions {
  if (isPeerMissing(resolve)) {
    throw new ConfigError(
      'PEER_MISSING',
      `OTLP needs OpenTelemetry's serializers, which are not installed. Run: npm install ${OTLP_PEER}`,
    );
  }
  return { ...options };
}
