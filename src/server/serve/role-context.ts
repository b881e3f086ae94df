import type { Role, ServiceSettings } from '../../settings/index.js';
import type { LogDestination } from '../observe/log-destination.js';
import type { ServiceDatabases } from './service-databases.js';

/** What a role that keeps something is made from. */
export interface RoleContext {
  /** All of this process. */
  readonly roles: ReadonlySet<Role>;
  readonly databases: ServiceDatabases;
  readonly services: ServiceSettings;
  /** Where lines of JSON about what it does go; standard output unless given. */
  readonly logTo: LogDestination | undefined;
  /** Told of failures that are answered with status 500. */
  readonly onFailure: (error: unknown) => void;
}
