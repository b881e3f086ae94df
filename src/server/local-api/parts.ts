import type { ConsentParts, Telemetry, TelemetryParts } from '../../client/index.js';
import type { ResolvedLocalApiOptions } from './options.js';

/** What routes and guards work with. */
export interface LocalApiParts {
  readonly telemetry: Telemetry;
  readonly consent: ConsentParts;
  readonly refresh: TelemetryParts['refresh'];
  readonly options: ResolvedLocalApiOptions;
}
