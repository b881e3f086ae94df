import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { ConfigError } from '../../internal/index.js';
import { createIngestApp } from './app.js';
import type { EventStore } from './event-store.js';
import { createMemoryEventStore } from './memory-event-store.js';
import type { IngestOptions } from './options.js';

export interface IngestServerOptions extends IngestOptions {
  /** The port to listen on; 0 takes any free one. When absent: 7311, or any free one while 7311 is taken. */
  readonly port?: number;
}

/** A receiving server that listens. */
export interface IngestServer extends AsyncDisposable {
  /** Where clients send to, such as `http://127.0.0.1:7311`. */
  readonly url: string;
  readonly port: number;
  readonly store: EventStore;
  /**
   * Stop listening; requests that are being answered get two seconds to finish. May be called at any time and twice.
   * Closes the store only if the server made it.
   */
  close(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';
const DEFAULT_PORT = 7311;
const CLOSE_TIMEOUT_MS = 2_000;

/**
 * Serve `createIngestApp` on the loopback address, for this machine only.
 *
 * @throws {ConfigError} `OPTION_INVALID` if `port` is not a port or is taken, and what `createIngestApp` throws
 */
export async function startIngestServer(options: IngestServerOptions = {}): Promise<IngestServer> {
  const { port: wanted, ...appOptions } = options;
  const store = options.store ?? createMemoryEventStore();
  const app = createIngestApp({ ...appOptions, store });
  // The adapter would otherwise replace the process's global Request and Response.
  const server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }));
  const port = await (wanted === undefined ? listenOnDefault(server) : listenOn(server, wanted));

  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= stop(server).then(() => (options.store === undefined ? store.close() : undefined));
    return closing;
  };
  return { url: `http://${LOOPBACK}:${port}`, port, store, close, [Symbol.asyncDispose]: close };
}

async function listenOnDefault(server: Server): Promise<number> {
  try {
    return await listen(server, DEFAULT_PORT);
  } catch (error) {
    if (isPortTaken(error)) return listen(server, 0);
    throw error;
  }
}

async function listenOn(server: Server, port: number): Promise<number> {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new ConfigError('OPTION_INVALID', 'port must be a whole number from 0 to 65535.');
  }
  try {
    return await listen(server, port);
  } catch (error) {
    if (!isPortTaken(error)) throw error;
    const message = 'port is taken by another program; choose another, or leave it out to get a free one.';
    throw new ConfigError('OPTION_INVALID', message, { cause: error });
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), CLOSE_TIMEOUT_MS);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
