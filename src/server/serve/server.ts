import { getRequestListener } from '@hono/node-server';
import type { RunRepository } from '../db/runs/run-repository.js';
import { listenOn } from '../http/index.js';
import { serveOperator } from '../operator/index.js';
import type { CollectorRequests } from './open-collector.js';
import { openDoors } from './open-doors.js';
import { openRoles } from './open-roles.js';
import { type ResolvedServerOptions, resolveServerOptions, type ServerOptions } from './options.js';
import { servicesOf } from './role-part.js';
import { createServiceDatabases, type ServiceDatabases } from './service-databases.js';

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
  /** Where a product that has no database of its own keeps its runs, for reports to count; with the role `orgs`. */
  readonly runs: RunRepository | undefined;
  /** With the role `collector`: asks it for something now, beside what it does by itself. */
  readonly collector: CollectorRequests | undefined;
  /** Stop listening; requests that are being answered get two seconds to finish. The client goes on. May be called twice. */
  close(): Promise<void>;
}

/** Who takes longer to send a request hangs, or holds connections. */
const REQUEST_TIMEOUT_MS = 30_000;

/**
 * Serve one role or several under one address.
 *
 * @throws {ConfigError} `OPTION_INVALID`; {TelemetryError} `PEER_MISSING`; {RepositoryError} when the database cannot be opened; the reason
 *   of `signal`
 */
export async function startServer(options: ServerOptions): Promise<Server> {
  const resolved = resolveServerOptions(options);
  const { port: wanted, host, signal } = resolved;
  /** What has been opened, in reverse. */
  const closers: (() => unknown)[] = [];
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= closeAll(closers);
    return closing;
  };
  try {
    const databases = createServiceDatabases(resolved.services);
    closers.unshift(() => databases[Symbol.asyncDispose]());
    const parts = await openRoles({ ...resolved, databases });
    signal?.throwIfAborted();
    const end = new AbortController();
    const { answer, createSignInPath } = openDoors(resolved, parts, databases, end.signal);
    // The adapter would otherwise replace the process's global Request and Response.
    const listener = getRequestListener(answer, { overrideGlobalObjects: false });
    const { url, port, stop } = await listenOn(listener, wanted, {
      requestTimeoutMs: REQUEST_TIMEOUT_MS,
      host,
    });
    const services = servicesOf(parts);
    // Each takes its seconds, and together they have no more.
    closers.unshift(() => Promise.all([stop(), ...services.map((service) => service.stop())]));
    closers.unshift(() => end.abort());
    closers.unshift(await admitOperator(databases, resolved));
    signal?.throwIfAborted();
    for (const service of services) service.start();
    return {
      url,
      port,
      createSignInPath: (token) => createSignInPath?.(token),
      runs: parts.find(({ runs }) => runs !== undefined)?.runs,
      collector: parts.find(({ collector }) => collector !== undefined)?.collector,
      close,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Nobody else can open the embedded database while it is open here: the operator's commands come to this process. */
async function admitOperator(
  { opened: [database] }: ServiceDatabases,
  { services: { dataDirectory, enabledByDefault }, onFailure }: ResolvedServerOptions,
): Promise<() => Promise<void>> {
  if (database?.kind !== 'pglite' || dataDirectory === undefined) return async () => {};
  return serveOperator({ database, enabledByDefault, dataDirectory, onFailure });
}

async function closeAll(closers: readonly (() => unknown)[]): Promise<void> {
  for (const close of closers) await close();
}
