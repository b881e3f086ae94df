import { ConfigError, TelemetryError } from '../../internal/index.js';
import { databaseDirectory, type ServiceSettings } from '../../settings/index.js';
import type { Database } from './contract.js';
import { refuseOpenDirectory } from './own-directory.js';

/**
 * Open the database of the services: the PostgreSQL server that the operator names, otherwise the embedded one. Its packages are
 * loaded here, and by nothing that needs none.
 *
 * @throws {TelemetryError} `PEER_MISSING`; {ConfigError} `OPTION_INVALID` where there is no place for it; {RepositoryError}
 */
export async function loadDatabase({
  databaseUrl,
  dataDirectory,
}: Pick<ServiceSettings, 'databaseUrl' | 'dataDirectory'>): Promise<Database> {
  const { openDatabase } = await loadPackages();
  if (databaseUrl !== undefined) return openDatabase({ url: databaseUrl });
  if (dataDirectory === undefined) {
    throw new ConfigError(
      'OPTION_INVALID',
      'There is no place for the embedded database: this user has no home directory. Set SOTTO_DATA_DIR, or DATABASE_URL.',
    );
  }
  refuseOpenDirectory(dataDirectory);
  return openDatabase({ directory: databaseDirectory(dataDirectory) });
}

async function loadPackages(): Promise<typeof import('./index.js')> {
  try {
    return await import('./index.js');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    // Without the cause: it names places of this machine.
    throw new TelemetryError(
      'PEER_MISSING',
      'The database of the services needs packages that are not installed here. Run `npm install drizzle-orm @electric-sql/pglite`, or for PostgreSQL `npm install drizzle-orm pg`, and try again.',
    );
  }
}
