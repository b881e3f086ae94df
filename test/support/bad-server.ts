import { createServer, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { createSelfSigned } from '../../src/testing/capture/certificate.js';

/** A way to misbehave, or not; gets the response that nothing was written to yet. */
export type Way = (response: ServerResponse) => void;

const JSON_TYPE = { 'content-type': 'application/json' };
const MEGABYTE = 1_048_576;

const json =
  (status: number, headers: Record<string, string> = {}): Way =>
  (response) =>
    void response.writeHead(status, { ...JSON_TYPE, ...headers }).end('{"status":1}');

const page =
  (status: number): Way =>
  (response) =>
    void response
      .writeHead(status, { 'content-type': 'Text/HTML; charset=utf-8' })
      .end('<html>Please log in</html>');

/** Promises so many bytes, keeps the promise for two of them, and then does something to the connection. */
const cutAfter =
  (promised: number, then: (response: ServerResponse) => void): Way =>
  (response) => {
    response.writeHead(200, { ...JSON_TYPE, 'content-length': promised });
    response.write('{}', () => then(response));
  };

const encoded =
  (body: () => string | Uint8Array): Way =>
  (response) =>
    void response.writeHead(200, { ...JSON_TYPE, 'content-encoding': 'gzip' }).end(body());

function drip(response: ServerResponse): void {
  response.writeHead(200, { ...JSON_TYPE, 'content-length': 1_000 });
  const dripping = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(dripping));
}

/** Two hundred kilobytes that unpack to two hundred megabytes, in as many members. */
const bomb = () => Buffer.concat(Array(200).fill(gzipSync(Buffer.alloc(MEGABYTE))));

/** Half a gigabyte, unless the reader has had enough. */
function flood(response: ServerResponse): void {
  const block = Buffer.alloc(MEGABYTE, ' ');
  let left = 512;
  const pour = () => {
    while (left > 0 && response.writable) {
      left -= 1;
      if (!response.write(block)) return;
    }
    response.end();
  };
  response.writeHead(200, JSON_TYPE).on('drain', pour);
  pour();
}

const STATUSES = [400, 401, 403, 404, 407, 408, 409, 413, 429, 500, 502, 503, 504] as const;
type Status = (typeof STATUSES)[number];

/** How a server can answer, by name. */
export const WAYS = {
  ok: json(200),
  'no content': (response) => void response.writeHead(204).end(),
  'a page for people': page(200),
  'a page that says no': page(403),
  'partial JSON': (response) => void response.writeHead(200, JSON_TYPE).end('{"status": 1, "unf'),
  'no JSON': (response) => void response.writeHead(200).end('thanks'),
  'an answer that is cut off': cutAfter(100, (response) => response.socket?.resetAndDestroy()),
  'an answer that ends early': cutAfter(100, (response) => response.destroy()),
  'an answer that hangs': cutAfter(100, () => {}),
  'an answer that drips': drip,
  'headers alone': (response) => {
    response.writeHead(200, { 'content-length': 50 }).flushHeaders();
    response.destroy();
  },
  'no answer': () => {},
  'nothing but 100': (response) => response.writeContinue(),
  'nothing but 103': (response) => response.writeEarlyHints({ link: '</style.css>; rel=preload' }),
  'another protocol': (response) => {
    response.socket?.end('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n');
  },
  'no HTTP': (response) => void response.socket?.end('220 mail.example ESMTP\r\n'),
  'endless headers': (response) => void response.socket?.write(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(MEGABYTE)}`),
  'a reset': (response) => void response.socket?.resetAndDestroy(),
  'a closed connection': (response) => void response.destroy(),
  'a flood': flood,
  'a gzip bomb': encoded(bomb),
  'broken gzip': encoded(() => 'not gzip'),
  'a redirect elsewhere': (response) => void response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end(),
  'a redirect to itself': (response) => void response.writeHead(307, { location: '/batch/' }).end(),
  '429 with seconds': json(429, { 'retry-after': '7' }),
  '429 with a date': (response) => json(429, { 'retry-after': inTenMinutes() })(response),
  '503 with seconds': json(503, { 'retry-after': '7' }),
  '511 with seconds': json(511, { 'retry-after': '7' }),
  ...(Object.fromEntries(STATUSES.map((status) => [status, json(status)])) as Record<Status, Way>),
} satisfies Record<string, Way>; // biome-ignore format: a table

const inTenMinutes = () => new Date(Date.now() + 600_000).toUTCString();

export interface BadServer extends AsyncDisposable {
  readonly url: string;
}

/** A server that reads every request to its end and then answers in one way. */
export function startBadServer(way: Way): Promise<BadServer> {
  return listen(createServer((request, response) => void request.resume().on('end', () => way(response))));
}

/** A server over TLS whose certificate nobody vouches for. */
export function startUntrustedServer(): Promise<BadServer> {
  return listen(createTlsServer(createSelfSigned('localhost'), (_, response) => WAYS.ok(response)));
}

/** An address where nobody listens. */
export async function refusedUrl(): Promise<string> {
  await using server = await startBadServer(WAYS.ok);
  return server.url;
}

async function listen(server: Server): Promise<BadServer> {
  // Whatever was done to a connection is no error of the test.
  server.on('clientError', (_, socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const scheme = 'setSecureContext' in server ? 'https' : 'http';
  return {
    url: `${scheme}://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
