import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import { type AddressInfo, isIPv6 } from 'node:net';
import { ConfigError } from '../../internal/index.js';

/** A server that listens. */
export interface Listening {
  /** Where programs of this machine reach it, such as `http://127.0.0.1:7311`. */
  readonly url: string;
  readonly port: number;
  /** Stop listening; requests that are being answered get two seconds to finish. */
  stop(): Promise<void>;
}

export interface ListenOptions {
  /** How long a request may take to arrive, head and body; it is answered with 408 within a tenth of that more. Node's own limits unless given. */
  readonly requestTimeoutMs?: number;
  /** The IP address to listen on: the loopback address, for this machine only, unless given. */
  readonly host?: string;
}

const LOOPBACK = '127.0.0.1';
const CLOSE_TIMEOUT_MS = 2_000;
const LOOK_FOR_IDLE_MS = 20;

/**
 * @param port - 0 takes any free one
 * @throws {ConfigError} `OPTION_INVALID` if `port` is not a port or is taken, or this machine has no such address
 */
export async function listenOn(
  listener: RequestListener,
  port: number,
  options: ListenOptions = {},
): Promise<Listening> {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new ConfigError('OPTION_INVALID', 'port must be a whole number from 0 to 65535.');
  }
  try {
    return await listen(listener, port, options);
  } catch (error) {
    if (codeOf(error) === 'EADDRNOTAVAIL') {
      const message = 'host must be an IP address of this machine.';
      throw new ConfigError('OPTION_INVALID', message, { cause: error });
    }
    if (!isPortTaken(error)) throw error;
    const message = 'port is taken by another program; choose another, or 0 to get a free one.';
    throw new ConfigError('OPTION_INVALID', message, { cause: error });
  }
}

/** As {@link listenOn}, on any free port while `port` is taken. */
export async function listenOnFreePort(listener: RequestListener, port: number): Promise<Listening> {
  try {
    return await listen(listener, port);
  } catch (error) {
    if (isPortTaken(error)) return listen(listener, 0);
    throw error;
  }
}

async function listen(
  listener: RequestListener,
  wanted: number,
  { requestTimeoutMs, host = LOOPBACK }: ListenOptions = {},
): Promise<Listening> {
  const server = createServer(requestTimeoutMs === undefined ? {} : toTimeouts(requestTimeoutMs), listener);
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(wanted, host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
  return { url: `http://${toName(host)}:${port}`, port, stop: () => stop(server) };
}

/** An address that means every one of this machine's is none that a program could call. */
function toName(host: string): string {
  if (host === '0.0.0.0' || host === '::') return LOOPBACK;
  return isIPv6(host) ? `[${host}]` : host;
}

function toTimeouts(requestTimeoutMs: number): ServerOptions {
  return {
    requestTimeout: requestTimeoutMs,
    headersTimeout: requestTimeoutMs,
    // How often Node looks whether one of them is over.
    connectionsCheckingInterval: Math.ceil(requestTimeoutMs / 10),
  };
}

const isPortTaken = (error: unknown) => codeOf(error) === 'EADDRINUSE';

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException | undefined)?.code;

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), CLOSE_TIMEOUT_MS);
    // Node.js closes those that are idle now. A browser keeps the others open when their answer has ended.
    const looks = setInterval(() => server.closeIdleConnections(), LOOK_FOR_IDLE_MS);
    server.close(() => {
      clearInterval(looks);
      clearTimeout(timer);
      resolve();
    });
  });
}
