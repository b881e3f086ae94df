import { getRequestListener } from '@hono/node-server';
import { loadDatabase } from '../db/load-database.js';
import { listenOn } from '../http/index.js';
import { announceOperator, createOperatorToken } from '../orgs/index.js';
import { openDoors } from './open-doors.js';
import { resolveServerOptions, type ServerOptions } from './options.js';
import { needsDatabase } from './roles.js';

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
  const { roles, services, port: wanted, host } = resolved;
  const database = needsDatabase(roles) ? await loadDatabase(services) : undefined;
  // Nobody else can open the embedded database while it is open here: the operator's commands come to this process.
  const operatorToken = database?.kind === 'pglite' ? createOperatorToken() : undefined;
  const end = new AbortController();
  let stop = async () => {};
  let withdraw = () => {};
  let closing: Promise<void> | undefined;
  const close = () => {
    withdraw();
    end.abort();
    closing ??= stop().then(() => database?.close());
    return closing;
  };
  try {
    const { answer, createSignInPath } = openDoors(resolved, { database, operatorToken }, end.signal);
    // The adapter would otherwise replace the process's global Request and Response.
    const listener = getRequestListener(answer, { overrideGlobalObjects: false });
    const listening = await listenOn(listener, wanted, { requestTimeoutMs: REQUEST_TIMEOUT_MS, host });
    stop = listening.stop;
    if (operatorToken !== undefined && services.dataDirectory !== undefined)
      withdraw = announceOperator(services.dataDirectory, { url: listening.url, token: operatorToken });
    const { url, port } = listening;
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
