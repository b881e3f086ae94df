import { TelemetryError } from './errors.js';

/**
 * Load what needs packages that may not be installed.
 *
 * @param load - imports it
 * @param advice - what is missing, and what to run
 * @throws {TelemetryError} `PEER_MISSING` with the advice; what else goes wrong, as it is
 */
export async function loadOptional<T>(load: () => Promise<T>, advice: string): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (!isModuleMissing(error)) throw error;
    // Without the cause: it names places of this machine.
    throw new TelemetryError('PEER_MISSING', advice);
  }
}

/** Whether an import, or a `require()`, failed because a package, or a file of one, is not there. */
export function isModuleMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
}
