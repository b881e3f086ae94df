import {
  type ClientRequest,
  Agent as HttpAgent,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request as requestHttp,
} from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { TLSSocket } from 'node:tls';
import { addHeaders, CHECKED, endpointOf, IDLE, letGo, TunnelAgent } from './tunnel-agent.js';

/** As much of an answer as is worth reading; a longer one is cut off together with its connection. */
const MAX_ANSWER_BYTES = 262_144;

export interface HttpRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: OutgoingHttpHeaders;
  /** Headers that nobody but the server may see. */
  readonly secretHeaders?: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

export interface HttpAnswer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  /** Whether it is HTML, which is for people: no server of events answers so. Its body is not read. */
  readonly isPage: boolean;
  /** Its text as it came, never unpacked; empty when it is longer than is worth reading. */
  readonly body: string;
}

/** Calls `send`, which hands a request over at once, or does not call it. May take its time, and is over when what it returns is. */
export type StartRequest = (send: () => void) => unknown;

export interface HttpExchange {
  /**
   * Make one request and read its answer to the end. Redirects are not followed.
   *
   * @param start - asked once when the connection stands, TLS and a tunnel included: not a byte of the request leaves before it calls
   *   `send`, and none when it is over without that. What it throws after that is not heard
   * @param signal - gives it up; connections that are still being made end too, and `send` does nothing any more
   * @throws when no whole answer came
   */
  send(request: HttpRequest, start: StartRequest, signal: AbortSignal): Promise<HttpAnswer>;
}

/** How requests to one server travel. */
interface Route {
  readonly agent: HttpAgent;
  /** Reads plain requests and hands them on; undefined where the agent leads to the server itself. */
  readonly forwarder: URL | undefined;
}

/**
 * Requests to one server, one after the other, over a connection that stays open for a few seconds. They keep no process alive:
 * whoever awaits one sees to that. Only a look-up of a name does, which Node cannot give up.
 *
 * Loaded at the first real request only. It is not `fetch`: that keeps a process alive for ten seconds while nobody answers,
 * although the request was given up, follows no proxy, and unpacks what nobody asked to be packed.
 *
 * @param proxyFor - asked when a connection is made
 */
export function createHttpExchange(proxyFor: (url: URL) => URL | undefined): HttpExchange {
  let route: Route | undefined;
  return {
    async send(request, start, signal) {
      try {
        route ??= createRoute(request.url, proxyFor(request.url));
        return await readAnswer(await openAnswer(request, route, start, signal));
      } catch (error) {
        // What is known of the way is of no use any more, and a connection half made would outlive the request.
        route?.agent.destroy();
        route = undefined;
        throw error;
      }
    },
  };
}

function createRoute({ protocol }: URL, proxy: URL | undefined): Route {
  if (proxy && protocol === 'https:') return { agent: new TunnelAgent(proxy), forwarder: undefined };
  const agent =
    (proxy?.protocol ?? protocol) === 'https:'
      ? new HttpsAgent({ ...IDLE, ...CHECKED })
      : new HttpAgent(IDLE);
  return { agent, forwarder: proxy };
}

function openAnswer(
  request: HttpRequest,
  route: Route,
  start: StartRequest,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const sent = openRequest(request, route);
    const giveUp = (reason: unknown = givenUp()) => {
      sent.destroy();
      reject(reason);
    };
    signal.addEventListener('abort', () => giveUp());
    onConnected(sent, async () => {
      let isHandedOver = false;
      // The question itself may give the request up. Headers leave with the body, not before.
      const send = () => {
        if (isHandedOver || sent.destroyed) return;
        isHandedOver = true;
        sent.end(request.body);
      };
      try {
        await start(send);
        if (!isHandedOver) giveUp();
      } catch (error) {
        if (!isHandedOver) giveUp(error);
      }
    });
    sent.on('error', reject).on('response', (answer) => {
      signal.addEventListener('abort', () => answer.destroy(givenUp()));
      resolve(answer);
    });
  });
}

/** Calls back when what is sent would leave at once: on a connection that was just made, or on one that was used before. */
function onConnected(sent: ClientRequest, then: () => void): void {
  sent.on('socket', (connection) => {
    letGo(connection);
    if (sent.reusedSocket) then();
    else connection.once(connection instanceof TLSSocket ? 'secureConnect' : 'connect', then);
  });
}

function openRequest(request: HttpRequest, { agent, forwarder }: Route): ClientRequest {
  const { url, method, headers, secretHeaders = {} } = request;
  if (forwarder === undefined)
    return addHeaders(requestOf(url)(url, { method, headers, agent }), secretHeaders);
  const { authorization, ...endpoint } = endpointOf(forwarder);
  const sent = requestOf(forwarder)({
    ...endpoint,
    path: url.href,
    method,
    headers: { ...headers, Host: url.host },
    agent,
  });
  return addHeaders(sent, { ...secretHeaders, ...authorization });
}

const requestOf = ({ protocol }: URL) => (protocol === 'https:' ? requestHttps : requestHttp);

const givenUp = () => new Error('The request was given up.');

async function readAnswer(answer: IncomingMessage): Promise<HttpAnswer> {
  const { statusCode: status = 0, headers } = answer;
  const isPage = /^\s*(text\/html|application\/xhtml\+xml)\b/i.test(headers['content-type'] ?? '');
  const retryAfter = headers['retry-after'];
  if (isPage) answer.destroy();
  return { status, retryAfter, isPage, body: isPage ? '' : await readBounded(answer) };
}

async function readBounded(answer: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop early destroys the answer, and with it the connection.
  for await (const chunk of answer as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > MAX_ANSWER_BYTES) return '';
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
