import { isIP } from 'node:net';
import type { Telemetry } from '../../client/index.js';
import { ConfigError } from '../../internal/index.js';
import { ROLES, type Role, readServiceSettings, type ServiceSettings } from '../../settings/index.js';
import type { LogDestination } from '../observe/log-destination.js';

/** What a process serves, and where. */
export interface ServerOptions {
  /** At least one. */
  readonly roles: readonly Role[];
  /** The client of the app that the role `local-api` is about. */
  readonly telemetry?: Telemetry;
  /** What the operator says. What is left out is read from the variables of the process. */
  readonly services?: Partial<ServiceSettings>;
  /** The port to listen on, 8001 unless given; 0 takes any free one. */
  readonly port?: number;
  /** The IP address to listen on; the loopback address, for this machine only, unless given. Never another with `local-api`. */
  readonly host?: string;
  /** Told of failures that are answered with status 500; nothing is logged without it. */
  readonly onFailure?: (error: unknown) => void;
  /** Where services that work by themselves write lines of JSON about it; standard output unless given. */
  readonly logTo?: LogDestination;
  /** Gives up a start that is under way: it rejects, and what was opened is closed. Means nothing once the server listens. */
  readonly signal?: AbortSignal;
}

export interface ResolvedServerOptions {
  readonly roles: ReadonlySet<Role>;
  /** Of the role `local-api`; undefined without it. */
  readonly telemetry: Telemetry | undefined;
  readonly services: ServiceSettings;
  readonly port: number;
  readonly host: string;
  readonly onFailure: (error: unknown) => void;
  readonly logTo: LogDestination | undefined;
  readonly signal: AbortSignal | undefined;
}

const DEFAULT_PORT = 8001;
const LOOPBACK = '127.0.0.1';

/** @throws {ConfigError} `OPTION_INVALID` */
export function resolveServerOptions(options: ServerOptions): ResolvedServerOptions {
  const { telemetry, port = DEFAULT_PORT, host = LOOPBACK, onFailure = () => {}, logTo, signal } = options;
  const roles = new Set(options.roles);
  assertRoles(options.roles);
  const services = { ...readServiceSettings(), ...options.services };
  const isPersonal = roles.has('local-api');
  if (isPersonal && telemetry === undefined)
    throw invalid('The role local-api needs the client of an app, as the option telemetry.');
  if (roles.has('web') && !hasPages(roles, services))
    throw invalid(
      'The role web needs something to show: the role local-api or orgs beside it, the role vendor with VENDOR_READ_KEY, or CONFIG_SERVICE_URL.',
    );
  if (isIP(host) === 0) throw invalid('host must be an IP address of this machine, such as 0.0.0.0 for all.');
  if (roles.has('ingest') && !isLoopback(host) && services.ingestApiKeys === undefined)
    throw invalid(
      'The role ingest takes events of other machines with a key only: name the keys in INGEST_API_KEYS.',
    );
  if (isPersonal && !isLoopback(host))
    throw invalid('The role local-api is for this machine only: leave host out, or serve it by itself.');
  return {
    roles,
    telemetry: isPersonal ? telemetry : undefined,
    services,
    port,
    host,
    onFailure,
    logTo,
    signal,
  };
}

function assertRoles(roles: readonly Role[]): void {
  if (roles.length > 0 && roles.every((role) => ROLES.includes(role))) return;
  throw invalid(`roles must name at least one of ${ROLES.join(', ')}, and nothing else.`);
}

function hasPages(
  roles: ReadonlySet<Role>,
  { configServiceUrl, vendorReadKey }: Pick<ServiceSettings, 'configServiceUrl' | 'vendorReadKey'>,
): boolean {
  if (roles.has('local-api') || roles.has('orgs') || configServiceUrl !== undefined) return true;
  return roles.has('vendor') && vendorReadKey !== undefined;
}

const isLoopback = (host: string) => host.startsWith('127.') || host === '::1';

const invalid = (message: string) => new ConfigError('OPTION_INVALID', message);
