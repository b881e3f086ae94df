import { partsOf, type Telemetry } from '../../client/index.js';
import { createLocalApi } from '../local-api/index.js';
import { createConfigUpstream, createWebApp, type PersonOptions, type WebApp } from '../web/index.js';
import { CONFIG_PATH, DASHBOARD_PATH } from '../wire/index.js';
import { type Answer, type App, createDispatch, type Door, findDoor, toAnswer, toDoor } from './dispatch.js';
import { guardMachine } from './guard-machine.js';
import { createHealthApp, toDatabaseHealth } from './health.js';
import { createMetricsApp } from './metrics.js';
import type { ResolvedServerOptions } from './options.js';
import { type RolePart, servicesOf } from './role-part.js';
import type { ServiceDatabases } from './service-databases.js';
import { setHeaders } from './set-headers.js';

/** Everything that one process answers. */
export interface Doors {
  readonly answer: Answer;
  /** Of the person's own page, where there is one. */
  readonly createSignInPath: WebApp['createSignInPath'];
}

const LOCAL_API_PATH = '/api/telemetry';

/**
 * Put the apps of the roles side by side. None of them knows another: the pages ask by the same requests as any program.
 *
 * @param parts - of the roles that keep something
 * @param signal - ends the answers that would go on
 */
export function openDoors(
  options: ResolvedServerOptions,
  parts: readonly RolePart[],
  databases: ServiceDatabases,
  signal: AbortSignal,
): Doors {
  const { telemetry, onFailure } = options;
  const localApi = telemetry && createLocalApi(telemetry, { basePath: LOCAL_API_PATH, signal, onFailure });
  const roleDoors = [
    ...(localApi ? [toDoor([LOCAL_API_PATH], localApi)] : []),
    ...parts.flatMap(({ doors }) => doors),
  ];
  const doors = [...watchingDoors(options, parts, databases), ...roleDoors];
  const web = options.roles.has('web') ? createWeb(options, roleDoors, localApi) : undefined;
  const answer = createDispatch(doors, web && toAnswer(web.app));
  return {
    // What is about a person answers this machine alone.
    answer: setHeaders(localApi ? guardMachine(answer) : answer),
    createSignInPath: web?.createSignInPath,
  };
}

function watchingDoors(
  { services: { internalApiToken } }: ResolvedServerOptions,
  parts: readonly RolePart[],
  databases: ServiceDatabases,
): readonly Door[] {
  const services = servicesOf(parts);
  const health = [
    ...(databases.opened.length === 0 ? [] : [toDatabaseHealth(databases.opened)]),
    ...services.flatMap(({ health }) => health),
  ];
  const metrics =
    services.length === 0 ? [] : [toDoor(['/metrics'], createMetricsApp(services, internalApiToken))];
  return [toDoor(['/health', '/ready'], createHealthApp(health)), ...metrics];
}

/**
 * What there is to show: the person's own page, the settings of organisations, of this process or of another, and of this process alone
 * the vendor's dashboard.
 */
function createWeb(
  { telemetry, services, onFailure }: ResolvedServerOptions,
  doors: readonly Door[],
  localApi: App | undefined,
): WebApp {
  const { configServiceUrl, publicUrl, vendorReadKey } = services;
  const upstream = configServiceUrl === undefined ? undefined : createConfigUpstream(configServiceUrl);
  const configService = findDoor(doors, CONFIG_PATH)?.answer ?? upstream;
  // Without its key nobody can sign in.
  const vendorService = vendorReadKey === undefined ? undefined : findDoor(doors, DASHBOARD_PATH)?.answer;
  return createWebApp({
    ...(configService && { configService }),
    ...(vendorService && { vendorService }),
    ...(localApi && telemetry && { person: toPerson(localApi, telemetry) }),
    ...(publicUrl !== undefined && { publicUrl }),
    schedule: services,
    onFailure,
  });
}

function toPerson(localApi: App, telemetry: Telemetry): PersonOptions {
  const { app } = partsOf(telemetry).consent.settings;
  return { app, basePath: LOCAL_API_PATH, localApi: toAnswer(localApi) };
}
