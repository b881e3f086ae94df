import type { ServiceSettings } from '../../settings/index.js';
import type { Area } from '../db/areas.js';
import type { Database } from '../db/contract.js';
import { type LoadOptions, loadDatabase } from '../db/load-database.js';

/**
 * The databases of one process, as its roles open them. The embedded one is one, for all of them. On a server each role has connections of
 * its own: events that pour in must not hold up an organisation's no.
 */
export interface ServiceDatabases extends AsyncDisposable {
  /** @throws {TelemetryError} `PEER_MISSING`; {ConfigError} `OPTION_INVALID`; {RepositoryError} */
  open(areas: readonly Area[], options?: LoadOptions): Promise<Database>;
  /** Where the collector notes what it sent: in a database of its own if the operator names one. @throws as `open` */
  openLedger(): Promise<Database>;
  /** All that are open, each once. */
  readonly opened: readonly Database[];
}

type DatabaseSettings = Pick<ServiceSettings, 'databaseUrl' | 'dataDirectory' | 'collectorDatabaseUrl'>;

/**
 * Opens nothing yet.
 *
 * @param isReadOnly - whether nothing is written, and no table made
 */
export function createServiceDatabases(settings: DatabaseSettings, isReadOnly = false): ServiceDatabases {
  const looking: LoadOptions = isReadOnly ? { readOnly: true, migrates: false } : {};
  const opened: Database[] = [];
  let embedded: Promise<Database> | undefined;

  const keep = async (opening: Promise<Database>): Promise<Database> => {
    const database = await opening;
    opened.push(database);
    return database;
  };
  const open: ServiceDatabases['open'] = (areas, options) => {
    if (settings.databaseUrl !== undefined)
      return keep(loadDatabase(settings, areas, { ...options, ...looking }));
    embedded ??= keep(loadDatabase(settings, areas, looking));
    return embedded;
  };
  return {
    opened,
    open,
    openLedger() {
      const { collectorDatabaseUrl: databaseUrl } = settings;
      if (databaseUrl === undefined) return open(['collector']);
      return keep(loadDatabase({ databaseUrl, dataDirectory: undefined }, ['collector'], looking));
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(opened.map((database) => database.close()));
    },
  };
}
