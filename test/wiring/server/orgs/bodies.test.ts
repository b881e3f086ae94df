import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { ask, get, put, SETTINGS, useServedOrgs } from './support.js';

const served = useServedOrgs('postgresql', { requestTimeoutMs: 1_000 });
const rows = () => served.query('SELECT * FROM org_settings');

describe('a body that is no answer', () => {
  it.each([
    ['a word for true', '{"telemetry_enabled":"false"}', 422],
    ['zero', '{"telemetry_enabled":0}', 422],
    ['null', '{"telemetry_enabled":null}', 422],
    ['a number', '{"telemetry_enabled":2}', 422],
    ['a list', '[]', 422],
    ['a list with an answer', '[{"telemetry_enabled":true}]', 422],
    ['an empty object', '{}', 422],
    ['null alone', 'null', 422],
    ['a bare value', 'true', 422],
    ['another member', '{"telemetry_enabeld":true}', 422],
    ['a member more', '{"telemetry_enabled":true,"org_id":"other"}', 422],
    ['a member __proto__', '{"__proto__":{"telemetry_enabled":true}}', 422],
    ['a member __proto__ more', '{"telemetry_enabled":true,"__proto__":{"a":1}}', 422],
    ['a member __proto__ that is true', '{"telemetry_enabled":false,"__proto__":true}', 422],
    ['a member constructor', '{"telemetry_enabled":true,"constructor":true}', 422],
    ['two answers', '{"telemetry_enabled":false,"telemetry_enabled":true}', 422],
    [
      'two answers, one of them spelled differently',
      '{"telemetry_enabled":false,"telemetry\\u005fenabled":true}',
      422,
    ],
    ['no JSON', '{"telemetry_enabled":tru', 400],
    ['nothing', '', 415],
    ['another encoding', Buffer.from('{"telemetry_enabled":true}', 'utf16le').toString('latin1'), 400],
  ])('%s is refused, and nothing is written', async (_, body, status) => {
    const token = await served.createToken({ orgId: 'bodies' });
    const answered = await put(served, token, body === '' ? undefined : body);
    expect(answered).toMatchObject({ status, body: { status, code: expect.stringMatching(/^REQUEST_/) } });
    expect(await rows()).toEqual([]);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'application/jsonx',
    '',
  ])('of type %j is refused, and nothing is written', async (type) => {
    const token = await served.createToken({ orgId: 'bodies' });
    const answered = await put(served, token, { telemetry_enabled: true }, { 'content-type': type });
    expect(answered).toMatchObject({ status: 415, body: { code: 'REQUEST_UNSUPPORTED' } });
    expect(await rows()).toEqual([]);
  });

  it('of 10 MB is refused before it has arrived', async () => {
    const token = await served.createToken({ orgId: 'bodies' });
    const { port } = new URL(served.url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(
      `PUT ${SETTINGS} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${token}\r\n` +
        'Content-Type: application/json\r\nContent-Length: 10000000\r\nConnection: close\r\n\r\n{"telemetry_enabled":',
    );
    // The rest never comes: an answer shows that nobody has waited for it.
    const [head] = await new Promise<string[]>((resolve) =>
      socket.once('data', (data) => resolve([String(data)])),
    );
    socket.destroy();
    expect(head).toMatch(/^HTTP\/1\.1 413 /);
    expect(head).toContain('REQUEST_TOO_LARGE');
  });

  it('of 10 MB without its size told is refused, too', async () => {
    const token = await served.createToken({ orgId: 'bodies' });
    const part = new Uint8Array(65_536).fill(32);
    let sent = 0;
    const stream = new ReadableStream({
      pull(controller) {
        sent += part.length;
        if (sent > 10_000_000) controller.close();
        else controller.enqueue(part);
      },
    });
    const response = await fetch(`${served.url}${SETTINGS}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: stream,
      duplex: 'half',
    } as RequestInit);
    expect(response.status).toBe(413);
    expect(await rows()).toEqual([]);
  });

  it('that never ends is not waited for', async () => {
    const token = await served.createToken({ orgId: 'bodies' });
    const { port } = new URL(served.url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(
      `PUT ${SETTINGS} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${token}\r\n` +
        'Content-Type: application/json\r\nContent-Length: 27\r\n\r\n{"telemetry_enabled":',
    );
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(await rows()).toEqual([]);
    expect(await get(served, token)).toMatchObject({ status: 200 });
  });
});

it('an answer may have spaces, a mark of its encoding and parameters of its type', async () => {
  const token = await served.createToken({ orgId: 'spaces' });
  const body = '\ufeff {\n\t"telemetry_enabled" : false\r\n} ';
  const answered = await put(served, token, body, { 'content-type': 'Application/JSON; charset=utf-8' });
  expect(answered).toMatchObject({ status: 200, body: { telemetry_enabled: false } });
});

it('nothing of what was refused was a failure of the service', async () => {
  await ask(`${served.url}${SETTINGS}`, undefined);
  expect(served.failures).toEqual([]);
});
