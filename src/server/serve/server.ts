import { getRequestListener } from '@hono/node-server';
import type { Database } from '../db/contract.js';
import { loadDatabase } from '../db/load-database.js';
import { listenOn } from '../http/index.js';
import { serveOperator } from '../orgs/index.js';
import { type Databases, openDoors } from './open-doors.js';
import { type ResolvedServerOptions, resolveServerOptions, type ServerOptions } from './options.js';

/** A process that serves its roles. */
export interface Server extends AsyncDisposable {
  /** Where programs of this machine reach it, such as `http://127.0.0.1:8001`. */
  readonly url: string;
  readonly port: number;
  /**
   * A path that signs a browser in to the person's own page, once, within a minute.
   *
   * @param token - of the local API
   * @returns undefined where there is no such page
   */
  createSignInPath(token: string): string | undefined;
  /** Stop listening; requests that are being answered get two seconds to finish. The client goes on. May be called twice. */
  close(): Promise<void>;
}

/** Who takes longer to send a request hangs, or holds connections. */
const REQUEST_TIMEOUT_MS = 30_000;

/**
 * Serve one role or several under one address.
 *
 * @throws {ConfigError} `OPTION_INVALID`; {TelemetryError} `PEER_MISSING`; {RepositoryError} when the database cannot be opened
 */
export async function startServer(options: ServerOptions): Promise<Server> {
  const resolved = resolveServerOptions(options);
  const { port: wanted, host } = resolved;
  /** What has been opened, in reverse. */
  const closers: (() => unknown)[] = [];
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= closeAll(closers);
    return closing;
  };
  try {
    const databases = await openDatabases(resolved, closers);
    const end = new AbortController();
    const { answer, createSignInPath } = openDoors(resolved, databases, end.signal);
    // The adapter would otherwise replace the process's global Request and Response.
    const listener = getRequestListener(answer, { overrideGlobalObjects: false });
    const { url, port, stop } = await listenOn(listener, wanted, {
      requestTimeoutMs: REQUEST_TIMEOUT_MS,
      host,
    });
    closers.unshift(stop);
    closers.unshift(() => end.abort());
    closers.unshift(await admitOperator(databases, resolved));
    return {
      url,
      port,
      createSignInPath: (token) => createSignInPath?.(token),
      close,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** On a server each role has connections of its own: events that pour in must not hold up an organisation's no. */
async function openDatabases(
  { roles, services }: ResolvedServerOptions,
  closers: (() => unknown)[],
): Promise<Databases> {
  const open = async (): Promise<Database> => {
    const database = await loadDatabase(services);
    closers.unshift(() => database.close());
    return database;
  };
  const orgs = roles.has('orgs') ? await open() : undefined;
  if (!roles.has('ingest')) return { orgs };
  return { orgs, ingest: orgs?.kind === 'pglite' ? orgs : await open() };
}

/** Nobody else can open the embedded database while it is open here: the operator's commands come to this process. */
async function admitOperator(
  { orgs, ingest }: Databases,
  { services: { dataDirectory, enabledByDefault }, onFailure }: ResolvedServerOptions,
): Promise<() => Promise<void>> {
  const database = orgs ?? ingest;
  if (database?.kind !== 'pglite' || dataDirectory === undefined) return async () => {};
  return serveOperator({ database, enabledByDefault, dataDirectory, onFailure });
}

async function closeAll(closers: readonly (() => unknown)[]): Promise<void> {
  for (const close of closers) await close();
}
