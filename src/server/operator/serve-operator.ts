import { getRequestListener } from '@hono/node-server';
import { listenOn } from '../http/index.js';
import { announceOperator } from './announcement.js';
import { createOperatorApp, type OperatorAppOptions } from './app.js';
import { createOperatorToken } from './token.js';

export interface ServeOperatorOptions extends Omit<OperatorAppOptions, 'token'> {
  /** Where the services' files are. */
  readonly dataDirectory: string;
}

const REQUEST_TIMEOUT_MS = 10_000;

/**
 * Answer the operator's commands for as long as this process has the embedded database: on a port of the loopback address of its own,
 * wherever else it listens, and with a secret that stands in a file for this user only.
 *
 * @returns stops answering, and takes back what was announced. May be called twice
 * @throws the file system's error where that file cannot be written
 */
export async function serveOperator({
  dataDirectory,
  ...options
}: ServeOperatorOptions): Promise<() => Promise<void>> {
  const token = createOperatorToken();
  const app = createOperatorApp({ ...options, token });
  // The adapter would otherwise replace the process's global Request and Response.
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const { url, stop } = await listenOn(listener, 0, { requestTimeoutMs: REQUEST_TIMEOUT_MS });
  try {
    const withdraw = announceOperator(dataDirectory, { url, token });
    return async () => {
      withdraw();
      await stop();
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
