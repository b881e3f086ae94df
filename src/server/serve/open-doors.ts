import { partsOf, type Telemetry } from '../../client/index.js';
import type { Database } from '../db/contract.js';
import { createIngestApp } from '../ingest/index.js';
import { createLocalApi } from '../local-api/index.js';
import { createOrgsApp } from '../orgs/index.js';
import { createConfigUpstream, createWebApp, type PersonOptions, type WebApp } from '../web/index.js';
import { CONFIG_PATH } from '../wire/index.js';
import { type Answer, createDispatch, type Door } from './dispatch.js';
import { guardMachine } from './guard-machine.js';
import { createHealthApp } from './health.js';
import type { ResolvedServerOptions } from './options.js';
import { setHeaders } from './set-headers.js';

/** Everything that one process answers. */
export interface Doors {
  readonly answer: Answer;
  /** Of the person's own page, where there is one. */
  readonly createSignInPath: WebApp['createSignInPath'];
}

const LOCAL_API_PATH = '/api/telemetry';
const INGEST_PATHS = ['/batch', '/flags', '/events'];

/** What the roles keep, where they keep something. */
export interface Databases {
  readonly orgs?: Database | undefined;
  readonly ingest?: Database | undefined;
}

/**
 * Put the apps of the roles side by side. None of them knows another: the pages ask by the same requests as any program.
 *
 * @param signal - ends the answers that would go on
 */
export function openDoors(options: ResolvedServerOptions, databases: Databases, signal: AbortSignal): Doors {
  const { roles, telemetry, services, onFailure } = options;
  const { enabledByDefault, minGroup, heartbeatIntervalSeconds } = services;
  const { orgs: database } = databases;
  const localApi = telemetry && createLocalApi(telemetry, { basePath: LOCAL_API_PATH, signal, onFailure });
  const orgs =
    database && createOrgsApp({ database, enabledByDefault, minGroup, heartbeatIntervalSeconds, onFailure });
  const ingest = databases.ingest && createIngest(databases.ingest, options);
  const web = roles.has('web')
    ? createWebApp({ ...toWebParts(localApi, orgs, options), schedule: services, onFailure })
    : undefined;

  const doors = [
    toDoor(['/health', '/ready'], createHealthApp(database ?? databases.ingest)),
    toDoor([LOCAL_API_PATH], localApi),
    toDoor([CONFIG_PATH], orgs),
    toDoor(INGEST_PATHS, ingest),
  ].filter((door) => door !== undefined);
  const answer = createDispatch(doors, web && toAnswer(web.app));
  return {
    // What is about a person answers this machine alone.
    answer: setHeaders(localApi ? guardMachine(answer) : answer),
    createSignInPath: web?.createSignInPath,
  };
}

/** A Hono app, whatever its environment is. */
interface App {
  fetch(request: Request, env?: object): Response | Promise<Response>;
}

const toAnswer =
  (app: App): Answer =>
  (request, env) =>
    app.fetch(request, env);

const toDoor = (paths: readonly string[], app: App | undefined): Door | undefined =>
  app && { paths, answer: toAnswer(app) };

function createIngest(database: Database, { services, onFailure }: ResolvedServerOptions): App {
  const { ingestApiKeys: apiKeys, ingestReadKey: readKey } = services;
  const keys = { ...(apiKeys && { apiKeys }), ...(readKey !== undefined && { readKey }) };
  return createIngestApp({ store: database.events, ...keys, onFailure });
}

/** What there is to show: the person's own page, and the settings of organisations, of this process or of another. */
function toWebParts(
  localApi: App | undefined,
  orgs: App | undefined,
  { telemetry, services: { configServiceUrl, publicUrl } }: ResolvedServerOptions,
) {
  const upstream = configServiceUrl === undefined ? undefined : createConfigUpstream(configServiceUrl);
  const configService = orgs ? toAnswer(orgs) : upstream;
  return {
    ...(configService && { configService }),
    ...(localApi && telemetry && { person: toPerson(localApi, telemetry) }),
    ...(publicUrl !== undefined && { publicUrl }),
  };
}

function toPerson(localApi: App, telemetry: Telemetry): PersonOptions {
  const { app } = partsOf(telemetry).consent.settings;
  return { app, basePath: LOCAL_API_PATH, localApi: toAnswer(localApi) };
}
