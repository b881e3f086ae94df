import { isIP } from 'node:net';
import type { Telemetry } from '../../client/index.js';
import { ConfigError } from '../../internal/index.js';
import { ROLES, type Role, readServiceSettings, type ServiceSettings } from '../../settings/index.js';

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
}

export interface ResolvedServerOptions {
  readonly roles: ReadonlySet<Role>;
  /** Of the role `local-api`; undefined without it. */
  readonly telemetry: Telemetry | undefined;
  readonly services: ServiceSettings;
  readonly port: number;
  readonly host: string;
  readonly onFailure: (error: unknown) => void;
}

const DEFAULT_PORT = 8001;
const LOOPBACK = '127.0.0.1';

/** @throws {ConfigError} `OPTION_INVALID` */
export function resolveServerOptions(options: ServerOptions): ResolvedServerOptions {
  const { telemetry, port = DEFAULT_PORT, host = LOOPBACK, onFailure = () => {} } = options;
  const roles = new Set(options.roles);
  assertRoles(options.roles);
  const services = { ...readServiceSettings(), ...options.services };
  const isPersonal = roles.has('local-api');
  if (isPersonal && telemetry === undefined)
    throw invalid('The role local-api needs the client of an app, as the option telemetry.');
  if (roles.has('web') && !isPersonal && !roles.has('orgs') && services.configServiceUrl === undefined)
    throw invalid(
      'The role web needs something to show: the role local-api or orgs beside it, or CONFIG_SERVICE_URL.',
    );
  if (isIP(host) === 0) throw invalid('host must be an IP address of this machine, such as 0.0.0.0 for all.');
  if (roles.has('ingest') && !isLoopback(host) && services.ingestApiKeys === undefined)
    throw invalid(
      'The role ingest takes events of other machines with a key only: name the keys in INGEST_API_KEYS.',
    );
  if (isPersonal && !isLoopback(host))
    throw invalid('The role local-api is for this machine only: leave host out, or serve it by itself.');
  return { roles, telemetry: isPersonal ? telemetry : undefined, services, port, host, onFailure };
}

function assertRoles(roles: readonly Role[]): void {
  if (roles.length > 0 && roles.every((role) => ROLES.includes(role))) return;
  throw invalid(`roles must name at least one of ${ROLES.join(', ')}, and nothing else.`);
}

const isLoopback = (host: string) => host.startsWith('127.') || host === '::1';

const invalid = (message: string) => new ConfigError('OPTION_INVALID', message);
