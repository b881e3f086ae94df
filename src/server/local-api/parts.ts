import type { Telemetry, TelemetryParts } from '../../client/index.js';
import type { InTurn } from './in-turn.js';
import type { ResolvedLocalApiOptions } from './options.js';

/** What routes and guards work with. */
export interface LocalApiParts extends TelemetryParts {
  readonly telemetry: Telemetry;
  readonly options: ResolvedLocalApiOptions;
  /** For what writes bundles, and what erases them. */
  readonly inTurn: InTurn;
}
