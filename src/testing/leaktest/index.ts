import { EFFECTS } from '../effects.js';
import type { Report } from '../report.js';
import { checkLeaks, type LeaktestOptions } from './check-leaks.js';

export type { LeaktestOptions } from './check-leaks.js';

/**
 * Run a command on a machine that is made of canaries, with all telemetry switched on, and look for them in everything that leaves it or
 * is kept. Starts processes, and on Linux a network of their own; throws all of it away, also when it is aborted.
 *
 * @throws {ConfigError} `OPTION_INVALID` for a mode that this machine does not have; the reason why the command cannot be started
 */
export function runLeaktest(options: LeaktestOptions): Promise<Report> {
  return checkLeaks(options, EFFECTS);
}
