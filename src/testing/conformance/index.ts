import { EFFECTS } from '../effects.js';
import type { Report } from '../report.js';
import { type ConformanceOptions, checkConformance } from './run-conformance.js';

export type { ConformanceOptions } from './run-conformance.js';

/**
 * Run a command under every opt-out and in every hostile surrounding, and hold what is seen against what it does without telemetry.
 * Starts processes, and on Linux networks of their own; throws all of it away, also when it is aborted.
 *
 * @throws {ConfigError} `OPTION_INVALID` for a scene that there is not, and for a command that does not end as it should
 */
export function runConformance(options: ConformanceOptions): Promise<Report> {
  return checkConformance(options, EFFECTS);
}
