import { type AgentOptions, type ClientRequest, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type ConnectionOptions, connect } from 'node:tls';

/** A connection that is used no more is closed before most servers would: a request on one just closed is lost. */
export const IDLE: AgentOptions = { keepAlive: true, timeout: 4_000 };

/**
 * Certificates are checked, whatever `NODE_TLS_REJECT_UNAUTHORIZED` says: it is set for some other part of a process, and would hand events
 * and keys to whoever stands between.
 */
export const CHECKED = { rejectUnauthorized: true } as const;

/** What goes through a connection does not keep the process alive. */
export const letGo = (connection: Socket) => void connection.unref();

type OnConnection = (error: Error | null, connection: Duplex) => void;

/** Connections to servers through a proxy: it is asked for a tunnel, and TLS with the server goes through that. */
export class TunnelAgent extends HttpsAgent {
  readonly #proxy: URL;
  readonly #asking = new Set<ClientRequest>();

  constructor(proxy: URL) {
    super({ ...IDLE, ...CHECKED });
    this.#proxy = proxy;
  }

  override createConnection(options: ConnectionOptions, onConnection: OnConnection): null {
    const asked = this.#ask(`${bracketed(options.host)}:${options.port}`);
    this.#asking.add(asked);
    asked.on('connect', ({ statusCode }, socket) => {
      if (statusCode === 200) {
        onConnection(null, connect({ ...options, ...CHECKED, socket }));
        return;
      }
      socket.destroy();
      fail(new Error('The proxy made no tunnel.'), onConnection);
    });
    asked.on('socket', letGo).on('error', (error) => fail(error, onConnection));
    asked.on('close', () => this.#asking.delete(asked));
    asked.end();
    return null;
  }

  override destroy(): void {
    for (const asked of this.#asking) asked.destroy();
    super.destroy();
  }

  #ask(target: string): ClientRequest {
    const { authorization, ...endpoint } = endpointOf(this.#proxy);
    const request = this.#proxy.protocol === 'https:' ? requestHttps : requestHttp;
    const asked = request({
      ...endpoint,
      ...CHECKED,
      method: 'CONNECT',
      path: target,
      headers: { Host: target },
      agent: false,
    });
    return addHeaders(asked, authorization);
  }
}

/**
 * How a proxy is reached and told who asks.
 *
 * @throws when it is none that speaks HTTP, or its credentials are no text
 */
export function endpointOf({ protocol, hostname, port, username, password }: URL) {
  if (protocol !== 'http:' && protocol !== 'https:')
    throw new TypeError('Only a proxy that speaks HTTP is of use.');
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const basic = `Basic ${Buffer.from(credentials).toString('base64')}`;
  const authorization: Record<string, string> = credentials === ':' ? {} : { 'Proxy-Authorization': basic };
  return {
    protocol,
    hostname: hostname.replace(/^\[|\]$/g, ''),
    port: port || (protocol === 'https:' ? 443 : 80),
    authorization,
  };
}

/** Add what is secret to a request that is made: with `NODE_DEBUG`, Node.js prints all that one is made from. */
export function addHeaders(request: ClientRequest, headers: Readonly<Record<string, string>>): ClientRequest {
  for (const [name, value] of Object.entries(headers)) request.setHeader(name, value);
  return request;
}

/** Without a connection; the declared type knows only of one that was made. */
const fail = (error: Error, onConnection: OnConnection) =>
  onConnection(error, undefined as unknown as Duplex);

const bracketed = (host = '') => (host.includes(':') ? `[${host}]` : host);
