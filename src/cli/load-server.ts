import { isModuleMissing, isTelemetryError } from '../internal/index.js';

/** The entry `sotto/server`. */
export type ServerModule = typeof import('sotto/server');

/**
 * Load what only a server needs. By its name, so that no other command carries it.
 *
 * @returns undefined when a package that it needs is not installed
 * @throws what else goes wrong
 */
export async function loadServer(
  load: () => Promise<ServerModule> = () => import('sotto/server'),
): Promise<ServerModule | undefined> {
  try {
    return await load();
  } catch (error) {
    const isPeerMissing = isTelemetryError(error) && error.code === 'PEER_MISSING';
    if (isPeerMissing || isModuleMissing(error)) return undefined;
    throw error;
  }
}
