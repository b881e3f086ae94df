import type { Message } from '../delivery/index.js';
import { ConfigError } from '../internal/index.js';
import type { ConsentParts } from './open-consent.js';
import type { Telemetry } from './telemetry.js';

/** What a client lets other entries of this package see, which have copies of its code. Says its own version. */
export const PARTS: unique symbol = Symbol.for('sotto.telemetry.parts.1') as never;

export interface TelemetryParts {
  readonly consent: ConsentParts;
  /** Follow what was decided just now, without waiting for the next look. */
  refresh(): void;
  /** What waits in this process to be sent, or is on its way: as it leaves, the oldest first. */
  waiting(): readonly Message[];
}

/** @throws {ConfigError} `OPTION_INVALID` for what is no client of this version of the package */
export function partsOf(telemetry: Telemetry): TelemetryParts {
  const parts = (telemetry as { readonly [PARTS]?: TelemetryParts } | undefined)?.[PARTS];
  if (parts) return parts;
  throw new ConfigError(
    'OPTION_INVALID',
    'This needs the client that createTelemetry() of the same version of sotto returns.',
  );
}
