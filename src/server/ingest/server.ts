import { getRequestListener } from '@hono/node-server';
import { listenOn, listenOnFreePort } from '../http/index.js';
import type { EventStore } from '../wire/index.js';
import { createIngestApp } from './app.js';
import { createMemoryEventStore } from './memory-event-store.js';
import type { IngestOptions } from './options.js';

export interface IngestServerOptions extends Omit<IngestOptions, 'queue'> {
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

const DEFAULT_PORT = 7311;

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
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const { url, port, stop } = await (wanted === undefined
    ? listenOnFreePort(listener, DEFAULT_PORT)
    : listenOn(listener, wanted));

  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= stop().then(() => (options.store === undefined ? store.close() : undefined));
    return closing;
  };
  return { url, port, store, close, [Symbol.asyncDispose]: close };
}
