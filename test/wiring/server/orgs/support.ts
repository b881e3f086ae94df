import { getRequestListener } from '@hono/node-server';
import { afterAll, beforeAll } from 'vitest';
import { type Database, type NewOrgToken, openDatabase } from '../../../../src/server/db/index.js';
import { listenOn } from '../../../../src/server/http/index.js';
import { createOrgsApp, type OrgsOptions } from '../../../../src/server/orgs/index.js';
import { type DatabaseKind, openTestDatabase } from '../../../support/databases.js';
import { createPostgres } from '../../../support/postgres.js';

export const SETTINGS = '/api/v1/config/me/org-settings';

/** A settings service on a socket, with a database of its own. */
export interface Served {
  readonly url: string;
  readonly database: Database;
  readonly failures: readonly unknown[];
  /** Statements as at a prompt. @returns the rows of the last one */
  query(text: string): Promise<readonly Record<string, unknown>[]>;
  createToken(token: Partial<NewOrgToken> & { readonly orgId: string }): Promise<string>;
  close(): Promise<void>;
}

export interface ServedOptions extends Partial<OrgsOptions> {
  /** As sessions of the database have it; PostgreSQL only. */
  readonly timeZone?: string;
  readonly requestTimeoutMs?: number;
}

/** The service for all tests of a file or a group. */
export function useServedOrgs(kind: DatabaseKind, options: ServedOptions = {}): Served {
  let served: Served | undefined;
  beforeAll(async () => {
    served = await serveOrgs(kind, options);
  }, 60_000);
  afterAll(() => served?.close());
  const now = () => served as Served;
  return {
    get url() {
      return now().url;
    },
    get database() {
      return now().database;
    },
    get failures() {
      return now().failures;
    },
    query: (text) => now().query(text),
    createToken: (token) => now().createToken(token),
    close: () => now().close(),
  };
}

async function serveOrgs(kind: DatabaseKind, options: ServedOptions): Promise<Served> {
  const { database, query, drop } = await (kind === 'pglite' ? openEmbedded() : openServer(options.timeZone));
  const failures: unknown[] = [];
  const { requestTimeoutMs = 30_000, timeZone: _, ...rest } = options;
  const app = createOrgsApp({
    database,
    enabledByDefault: true,
    minGroup: 3,
    heartbeatIntervalSeconds: 300,
    onFailure: (error) => failures.push(error),
    ...rest,
  });
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const { url, stop } = await listenOn(listener, 0, { requestTimeoutMs });
  return {
    url,
    database,
    failures,
    query,
    createToken: async (token) =>
      (await database.tokens.create({ teamNodeId: null, scope: 'admin', ...token })).text,
    async close() {
      await stop();
      await database.close();
      await drop();
    },
  };
}

async function openServer(timeZone: string | undefined) {
  const postgres = await createPostgres();
  const url = timeZone === undefined ? postgres.url : postgres.urlInZone(timeZone);
  return { database: await openDatabase({ url }), query: postgres.query, drop: postgres.drop };
}

async function openEmbedded() {
  const { database, query, close } = await openTestDatabase('pglite');
  return { database, query, drop: close };
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Ask the service. A text is sent as it is, anything else as JSON. */
export async function ask(
  url: string,
  token: string | undefined,
  { body, headers, ...init }: Omit<RequestInit, 'body'> & { readonly body?: unknown } = {},
): Promise<Answered> {
  const response = await fetch(url, {
    ...init,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(headers as Record<string, string>),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
}

/** Answer for an organisation. */
export const put = (
  served: Pick<Served, 'url'>,
  token: string | undefined,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answered> => ask(`${served.url}${SETTINGS}`, token, { method: 'PUT', body, headers });

export const get = (
  served: Pick<Served, 'url'>,
  token?: string,
  headers: Record<string, string> = {},
): Promise<Answered> => ask(`${served.url}${SETTINGS}`, token, { headers });
