import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createSecureContext, TLSSocket } from 'node:tls';
import type { Authority } from './certificate.js';
import type { ConnectionRecord } from './connection-record.js';
import type { Conduct } from './contract.js';
import { understandHttp } from './http-listener.js';
import { branch } from './tee.js';

/** What every encrypted connection starts with. */
const TLS_HANDSHAKE = 0x16;
/** What a request starts with; of a short piece, as much of it as there is. */
const REQUEST = /^[A-Z]{1,20}(?: |$)/;

export interface ListenerParts {
  readonly authority: Authority;
  /** Asked for every connection and for every answer. */
  readonly conduct: () => Conduct;
}

/** Take a connection. What is said on it is noted in its record, encrypted or not, HTTP or not, through a proxy or not. */
export function acceptConnection(socket: Socket, record: ConnectionRecord, parts: ListenerParts): void {
  socket.on('error', () => {});
  socket.once('close', () => {
    record.isOpen = false;
  });
  if (parts.conduct() === 'black-hole') swallow(socket, record);
  else understand(socket, record, parts);
}

/** Nothing comes back. What was to be encrypted has not become so. */
function swallow(socket: Socket, record: ConnectionRecord): void {
  socket.on('data', (piece: Buffer) => {
    if (record.pieces.length === 0) record.isReadable = piece[0] !== TLS_HANDSHAKE;
    record.pieces.push(piece);
  });
  socket.once('end', () => socket.end());
}

function understand(stream: Duplex, record: ConnectionRecord, parts: ListenerParts): void {
  stream.once('data', (first: Buffer) => {
    stream.pause();
    if (parts.conduct() === 'reset') reset(stream, first, record);
    else if (first[0] === TLS_HANDSHAKE) decrypt(stream, first, record, parts);
    else read(stream, first, record, parts);
  });
  stream.once('end', () => stream.end());
}

function reset(stream: Duplex, first: Buffer, record: ConnectionRecord): void {
  record.isReadable = first[0] !== TLS_HANDSHAKE;
  record.pieces.push(first);
  if ('resetAndDestroy' in stream && typeof stream.resetAndDestroy === 'function') stream.resetAndDestroy();
  else stream.destroy();
}

/** Until both sides have agreed on keys nobody knows what is said; a program that trusts somebody else only never does. */
function decrypt(stream: Duplex, first: Buffer, record: ConnectionRecord, parts: ListenerParts): void {
  record.isReadable = false;
  const { authority } = parts;
  const host = record.target.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
  const secure = new TLSSocket(branch(stream, first), {
    isServer: true,
    ...authority.issue(host),
    SNICallback: (name, done) => done(null, createSecureContext(authority.issue(name))),
    // The first that both know: HTTP/2 for those that speak nothing else.
    ALPNProtocols: ['http/1.1', 'h2'],
  });
  secure.on('error', () => stream.destroy());
  secure.once('secure', () => {
    record.isReadable = true;
    understand(secure, record, parts);
  });
}

function read(stream: Duplex, first: Buffer, record: ConnectionRecord, parts: ListenerParts): void {
  let isTunnel = false;
  const note = (piece: Buffer) => {
    if (!isTunnel) record.pieces.push(piece);
  };
  if (!REQUEST.test(first.toString('latin1', 0, 21))) {
    note(first);
    stream.on('data', note).resume();
    return;
  }
  understandHttp(branch(stream, first, note), {
    record,
    conduct: parts.conduct,
    start: first.toString('latin1', 0, 3),
    scheme: stream instanceof TLSSocket ? 'https' : 'http',
    onTunnel(inner) {
      isTunnel = true;
      understand(inner, record, parts);
    },
  });
}
