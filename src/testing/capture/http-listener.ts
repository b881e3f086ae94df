import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttp2, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import type { Duplex } from 'node:stream';
import type { ConnectionRecord } from './connection-record.js';
import type { Conduct, SeenRequest } from './contract.js';
import { decodeBody } from './decode-body.js';
import { replyTo } from './respond.js';

/** What a connection starts with that speaks HTTP/2 at once. */
const HTTP2_START = 'PRI';
const SLOW_BYTE_MS = 1_000;
const SLOW_BYTES = 60;

type Request = IncomingMessage | Http2ServerRequest;
type Response = ServerResponse | Http2ServerResponse;

export interface HttpParts {
  readonly record: ConnectionRecord;
  readonly conduct: () => Conduct;
  /** The first characters of what is said. */
  readonly start: string;
  readonly scheme: 'http' | 'https';
  /** Told the inside of a tunnel, which speaks as any other connection does. */
  readonly onTunnel: (inner: Duplex) => void;
}

/** Read requests from a stream, and answer them. */
export function understandHttp(stream: Duplex, parts: HttpParts): void {
  const onRequest = (request: Request, response: Response) => receive(request, response, parts);
  if (parts.start === HTTP2_START) {
    createHttp2({}, onRequest)
      .on('sessionError', () => {})
      .emit('connection', stream);
    return;
  }
  const server = createServer({ requestTimeout: 0, keepAliveTimeout: 0 }, onRequest);
  server.on('connect', (request, inner, head) => {
    const { record } = parts;
    record.target = request.url ?? record.target;
    note(request, Buffer.alloc(0), parts);
    inner.write('HTTP/1.1 200 Connection established\r\n\r\n');
    if (head.length > 0) inner.unshift(head);
    parts.onTunnel(inner);
  });
  server.emit('connection', stream);
}

function receive(request: Request, response: Response, parts: HttpParts): void {
  const pieces: Buffer[] = [];
  for (const stream of [request, response]) stream.on('error', () => {});
  request.on('data', (piece: Buffer) => pieces.push(piece));
  // Also one that was broken off has said something.
  request.once('close', () => note(request, Buffer.concat(pieces), parts));
  request.once('end', () => answer(request, response, parts));
}

function note(request: Request, rawBody: Buffer, { record, scheme }: HttpParts): void {
  const body = decodeBody(rawBody, request.headers['content-encoding']?.toString());
  // Nobody knows what a body says that cannot be unpacked.
  if (body === undefined || isWebSocket(request)) record.isReadable = false;
  record.requests.push({
    line: `${request.method} ${toAddress(request, record, scheme)}`,
    headers: toHeaders([...request.rawHeaders, ...request.rawTrailers]),
    rawBody,
    body: body ?? rawBody,
  });
}

/** It is told no, so that nobody learns what it would have said. */
const isWebSocket = ({ headers }: Request) => /^websocket$/i.test(headers.upgrade ?? '');

function toAddress(
  { url = '', headers, method }: Request,
  { target }: ConnectionRecord,
  scheme: string,
): string {
  if (method === 'CONNECT' || /^[a-z]+:\/\//i.test(url)) return url;
  return `${scheme}://${headers.host ?? headers[':authority'] ?? target}${url}`;
}

function toHeaders(raw: readonly string[]): SeenRequest['headers'] {
  return raw.flatMap((text, at) => (at % 2 === 0 ? [`${text}: ${raw[at + 1] ?? ''}`] : []));
}

function answer(request: Request, response: Response, { conduct }: HttpParts): void {
  const { headers, body } = replyTo(request.headers['content-type']);
  response.writeHead(200, { ...headers });
  if (conduct() === 'slow') trickle(response, body);
  else response.end(body);
}

/** Spaces before what is said mean nothing, and take their time. */
function trickle(response: Response, body: string): void {
  let left = SLOW_BYTES;
  const write = (text: string) => (response as ServerResponse).write(text);
  const timer = setInterval(() => {
    left -= 1;
    if (left > 0) write(' ');
    else response.end(body);
  }, SLOW_BYTE_MS);
  write(' ');
  response.once('close', () => clearInterval(timer));
}
