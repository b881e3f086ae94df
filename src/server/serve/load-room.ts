import { installCommand, loadOptional } from '../../internal/index.js';

/**
 * Load what only some roles need: what works by itself writes lines and figures, and the packages for both are theirs.
 *
 * @param load - imports it
 * @throws {TelemetryError} `PEER_MISSING` when such a package is not installed
 */
export function loadRoom<T>(load: () => Promise<T>): Promise<T> {
  return loadOptional(
    load,
    `This role needs packages that are not installed here. Run ${installCommand('operation')}, and try again.`,
  );
}
