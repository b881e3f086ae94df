import { homedir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, dataDirectory } from '../../internal/index.js';
import { type Proxies, readNamedProxies } from '../proxy.js';
import type { Environment } from '../variables.js';
import { SERVICE_VARIABLES, type ServiceVariable } from './table.js';

/** What an operator says about the services. */
export interface ServiceSettings {
  /** Of PostgreSQL; undefined for the embedded database. May hold a password: never shown. */
  readonly databaseUrl: string | undefined;
  /** Where the embedded database and the files beside it are. Absolute; undefined where there is no place for them. */
  readonly dataDirectory: string | undefined;
  /** Whether an organisation that has not answered is counted. */
  readonly enabledByDefault: boolean;
  readonly heartbeatIntervalSeconds: number;
  /** 0 to 23. */
  readonly analyticsHourUtc: number;
  /** Groups of fewer runs are counted under `other`, and no average is told of fewer. */
  readonly minGroup: number;
  readonly configServiceUrl: string | undefined;
  /** An origin: scheme, host and port. */
  readonly publicUrl: string | undefined;
  readonly ingestApiKeys: readonly string[] | undefined;
  readonly ingestReadKey: string | undefined;
  /** What signs receipts. Never shown. */
  readonly receiptSigningKey: string | undefined;
  /** Where the collector sends to. `https`, or of this machine. */
  readonly vendorServiceUrl: string | undefined;
  /** Never shown. */
  readonly vendorLicenseKey: string | undefined;
  readonly licenseCacheTtlSeconds: number;
  readonly licenseGraceSeconds: number;
  /** Of the collector's own notes; undefined: they are in the database of the services. May hold a password: never shown. */
  readonly collectorDatabaseUrl: string | undefined;
  readonly internalApiToken: string | undefined;
  readonly vendorReadKey: string | undefined;
  readonly heartbeatRetentionDays: number;
  readonly dailyRetentionDays: number;
  readonly ingestRetentionDays: number;
  /** Addresses of NATS servers; may hold passwords: never shown. */
  readonly ingestStream: readonly string[] | undefined;
  /** On the collector's way to the vendor service: those of the platform's own variables. May hold passwords: never shown. */
  readonly proxies: Proxies;
}

/**
 * Read what an operator says about the services. A `.env` of the working directory is not heard: it may be somebody else's.
 *
 * @param environment - the process's own unless given
 * @throws {ConfigError} `OPTION_INVALID` naming the variable and its rule, never its value
 */
export function readServiceSettings(
  { env }: Pick<Environment, 'env'> = { env: process.env },
): ServiceSettings {
  const read = <Value>({ variable, rule, fallback, parse }: ServiceVariable<Value>): Value => {
    const text = env[variable]?.trim();
    if (text === undefined || text === '') return fallback;
    const value = parse(text);
    if (value !== undefined) return value;
    throw new ConfigError('OPTION_INVALID', `${variable} must be ${rule}.`);
  };
  const named = read<string | undefined>(SERVICE_VARIABLES.dataDirectory);
  return Object.freeze({
    databaseUrl: read<string | undefined>(SERVICE_VARIABLES.databaseUrl),
    dataDirectory: named ?? ownDirectory(env),
    enabledByDefault: read<boolean>(SERVICE_VARIABLES.enabledByDefault),
    heartbeatIntervalSeconds: read<number>(SERVICE_VARIABLES.heartbeatIntervalSeconds),
    analyticsHourUtc: read<number>(SERVICE_VARIABLES.analyticsHourUtc),
    minGroup: read<number>(SERVICE_VARIABLES.minGroup),
    configServiceUrl: read<string | undefined>(SERVICE_VARIABLES.configServiceUrl),
    publicUrl: read<string | undefined>(SERVICE_VARIABLES.publicUrl),
    ingestApiKeys: read<readonly string[] | undefined>(SERVICE_VARIABLES.ingestApiKeys),
    ingestReadKey: read<string | undefined>(SERVICE_VARIABLES.ingestReadKey),
    receiptSigningKey: read<string | undefined>(SERVICE_VARIABLES.receiptSigningKey),
    vendorServiceUrl: read<string | undefined>(SERVICE_VARIABLES.vendorServiceUrl),
    vendorLicenseKey: read<string | undefined>(SERVICE_VARIABLES.vendorLicenseKey),
    licenseCacheTtlSeconds: read<number>(SERVICE_VARIABLES.licenseCacheTtlSeconds),
    licenseGraceSeconds: read<number>(SERVICE_VARIABLES.licenseGraceSeconds),
    collectorDatabaseUrl: read<string | undefined>(SERVICE_VARIABLES.collectorDatabaseUrl),
    internalApiToken: read<string | undefined>(SERVICE_VARIABLES.internalApiToken),
    vendorReadKey: read<string | undefined>(SERVICE_VARIABLES.vendorReadKey),
    heartbeatRetentionDays: read<number>(SERVICE_VARIABLES.heartbeatRetentionDays),
    dailyRetentionDays: read<number>(SERVICE_VARIABLES.dailyRetentionDays),
    ingestRetentionDays: read<number>(SERVICE_VARIABLES.ingestRetentionDays),
    ingestStream: read<readonly string[] | undefined>(SERVICE_VARIABLES.ingestStream),
    proxies: readNamedProxies(env),
  });
}

/** Not among the files of an app that is called sotto. */
function ownDirectory(env: Environment['env']): string | undefined {
  return dataDirectory('sotto-services', { platform: process.platform, home: homeOf(env), env });
}

/** Empty for a user who has none. */
function homeOf({ HOME }: Environment['env']): string {
  try {
    return HOME ?? homedir();
  } catch {
    return '';
  }
}

/** Of the embedded database. */
export const databaseDirectory = (dataDirectory: string): string => join(dataDirectory, 'database');
