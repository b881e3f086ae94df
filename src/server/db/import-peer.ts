import { isModuleMissing, TelemetryError } from '../../internal/index.js';

/**
 * Load a package that is only needed for what was asked for now.
 *
 * @param load - imports it, by its name
 * @throws {TelemetryError} `PEER_MISSING` when it is not installed; what the package itself throws, as it is
 */
export async function importPeer<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (!isMissing(error, name)) throw error;
    throw new TelemetryError(
      'PEER_MISSING',
      `The database needs a package that is not installed here. Run \`npm install ${name}\`, and try again.`,
    );
  }
}

/** Not for a package that is missing inside of it: that one would not be helped. */
function isMissing(error: unknown, name: string): boolean {
  return isModuleMissing(error) && error instanceof Error && error.message.includes(`'${name}'`);
}
