import { getRequestListener } from '@hono/node-server';
import type { Telemetry } from '../../client/index.js';
import { listenOn } from '../http/index.js';
import { createLocalApi } from './app.js';
import type { LocalApiOptions } from './options.js';

export interface LocalApiServerOptions extends LocalApiOptions {
  /** The port to listen on, 8001 unless given; 0 takes any free one. */
  readonly port?: number;
}

/** A local API that listens. */
export interface LocalApiServer extends AsyncDisposable {
  /** Without the path of the API, such as `http://127.0.0.1:8001`. */
  readonly url: string;
  readonly port: number;
  /** Stop listening; requests that are being answered get two seconds to finish. The client goes on. May be called twice. */
  close(): Promise<void>;
}

const DEFAULT_PORT = 8001;
const DEFAULT_BASE_PATH = '/api/telemetry';
/** Small bodies from this machine: who takes longer hangs, or holds connections. */
const REQUEST_TIMEOUT_MS = 30_000;

/**
 * Serve the local API on the loopback address, for this machine only, under `/api/telemetry` unless `basePath` says otherwise.
 *
 * @throws {ConfigError} `OPTION_INVALID` if `port` is not a port or is taken, and what `createLocalApi` throws
 */
export async function startLocalApiServer(
  telemetry: Telemetry,
  { port: wanted = DEFAULT_PORT, ...options }: LocalApiServerOptions = {},
): Promise<LocalApiServer> {
  const end = new AbortController();
  const signal = AbortSignal.any([end.signal, ...(options.signal ? [options.signal] : [])]);
  const basePath = options.basePath ?? DEFAULT_BASE_PATH;
  const app = createLocalApi(telemetry, { ...options, basePath, signal });
  // The adapter would otherwise replace the process's global Request and Response.
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const { url, port, stop } = await listenOn(listener, wanted, { requestTimeoutMs: REQUEST_TIMEOUT_MS });

  let closing: Promise<void> | undefined;
  const close = () => {
    end.abort();
    closing ??= stop();
    return closing;
  };
  return { url, port, close, [Symbol.asyncDispose]: close };
}
