import { connect } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { createLocalApi, openLocalApiToken } from 'sotto/server';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listenOn } from '../../../../src/server/http/index.js';
import { openWiring } from '../../../support/wiring.js';
import { callServer } from './support.js';

/** The local API, as its server listens, with less patience. */
async function openImpatient() {
  const wiring = await openWiring();
  const api = createLocalApi(wiring.telemetry);
  const listener = getRequestListener(api.fetch, { overrideGlobalObjects: false });
  const { url, port, stop } = await listenOn(listener, 0, { requestTimeoutMs: 100 });
  onTestFinished(async () => {
    await stop();
    await wiring[Symbol.asyncDispose]();
  });
  return { url, port, token: openLocalApiToken(wiring.telemetry) };
}

/** Sends a piece, and no more. @returns what comes back until the server ends it */
function sendAndWait(port: number, piece: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(piece));
    let text = '';
    socket.on('data', (bytes) => {
      text += bytes.toString();
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(text));
  });
}

describe('a request that does not arrive', () => {
  it.each(['with the token', 'without it'])('is ended after a while: a body, %s', async (who) => {
    const { url, port, token } = await openImpatient();
    const authorization = who === 'with the token' ? `Authorization: Bearer ${token}\r\n` : '';
    const head = `POST /events HTTP/1.1\r\nHost: localhost\r\n${authorization}Content-Type: application/json\r\nContent-Length: 50000\r\n\r\n`;
    const answer = await sendAndWait(port, `${head}{`);
    expect(answer).toMatch(who === 'with the token' ? /^HTTP\/1\.1 408 / : /^HTTP\/1\.1 401 /);
    expect((await callServer(`${url}/health`)).status).toBe(200);
  });

  it('is ended after a while: a head', async () => {
    const { port } = await openImpatient();
    expect(await sendAndWait(port, 'GET /health HTTP/1.1\r\nHost: localhost\r\nX: ')).toMatch(
      /^HTTP\/1\.1 408 /,
    );
  });
});
