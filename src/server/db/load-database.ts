import { existsSync } from 'node:fs';
import { ConfigError, installCommand, loadOptional } from '../../internal/index.js';
import { databaseDirectory, type ServiceSettings } from '../../settings/index.js';
import type { Area } from './areas.js';
import type { Database } from './contract.js';
import type { DatabaseOptions } from './open-database.js';
import { refuseOpenDirectory } from './own-directory.js';

/** How a server is used. */
export type LoadOptions = Pick<
  DatabaseOptions,
  'readOnly' | 'statementTimeoutMs' | 'primaryOnly' | 'copiesIn' | 'migrates'
>;

/**
 * Open the database of the services: the PostgreSQL server that the operator names, otherwise the embedded one. Its packages are
 * loaded here, and by nothing that needs none.
 *
 * @param areas - what is used of a server's; of the embedded one it is everything
 * @param options - of a server; of them `migrates` also counts for the embedded one
 * @throws {TelemetryError} `PEER_MISSING`; {ConfigError} `OPTION_INVALID` where there is no place for it; {RepositoryError}
 */
export async function loadDatabase(
  { databaseUrl, dataDirectory }: Pick<ServiceSettings, 'databaseUrl' | 'dataDirectory'>,
  areas: readonly Area[],
  options: LoadOptions = {},
): Promise<Database> {
  const { openDatabase, tablesMissing } = await loadPackages();
  if (databaseUrl !== undefined) return openDatabase({ url: databaseUrl, areas, ...options });
  if (dataDirectory === undefined) {
    throw new ConfigError(
      'OPTION_INVALID',
      'There is no place for the embedded database: this user has no home directory. Set SOTTO_DATA_DIR, or DATABASE_URL.',
    );
  }
  refuseOpenDirectory(dataDirectory);
  const directory = databaseDirectory(dataDirectory);
  if (options.migrates === false && !existsSync(directory)) throw tablesMissing();
  // The process that has it answers for all that is in it, whatever it serves.
  return openDatabase({ directory, migrates: options.migrates });
}

function loadPackages(): Promise<typeof import('./index.js')> {
  return loadOptional(
    () => import('./index.js'),
    `The database of the services needs packages that are not installed here. Run ${installCommand('database', 'pglite')}, or for PostgreSQL ${installCommand('database', 'postgresql')} and, where it receives events, ${installCommand('copies')}; and try again.`,
  );
}
