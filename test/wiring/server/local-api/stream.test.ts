import { readdirSync, readFileSync } from 'node:fs';
import { startLocalApiServer } from 'sotto/server';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { quietly } from '../../../../src/internal/index.js';
import { openLocalApiToken } from '../../../../src/store/index.js';
import { answerWith } from '../../../support/recording-server.js';
import { openWiring } from '../../../support/wiring.js';
import { openStream } from './stream-reader.js';
import { openLocalApi } from './support.js';

const follow = (api: Awaited<ReturnType<typeof openLocalApi>>, headers: Record<string, string> = {}) =>
  openStream(`${api.url}/stream`, { authorization: `Bearer ${api.token}`, ...headers });

/** How many places of the file system this process watches. */
const watches = () =>
  readdirSync('/proc/self/fdinfo')
    .map((fd) => quietly(() => readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8')) ?? '')
    .join('')
    .match(/^inotify wd:/gm)?.length ?? 0;

describe('GET /stream', () => {
  it('tells of an event as it is recorded, with the bytes that leave, and then that it was sent', async () => {
    const api = await openLocalApi();
    const stream = await follow(api);
    expect(stream.response.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
    });
    await stream.saw('consent');
    api.telemetry.recordEvent('asset.saved', { n: 1, author: 'someone@example.com', 'ü"\n': true });
    const { data, id } = await stream.saw('recorded');
    expect(data).toMatchObject({
      event: 'asset.saved',
      state: 'waiting',
      sent_at: null,
      dropped_reason: null,
    });
    expect(id).toBe(data.uuid);
    await api.telemetry.flush();
    const sent = await stream.saw('sent');
    expect(sent.data).toEqual({ uuids: [data.uuid], sent_at: expect.stringMatching(/Z$/) });
    expect(api.server.requests.map(({ text }) => text).join('')).toContain(`"properties":${data.properties}`);
    expect(JSON.stringify(stream.messages)).not.toContain('someone');
  });

  it('tells of what another client of the same state records, and that it was dropped', async () => {
    const api = await openLocalApi();
    api.telemetry.recordEvent('makes.the.folder', {});
    await api.telemetry.flush();
    const stream = await follow(api);
    const other = await openWiring({ store: { directory: api.directory } });
    onTestFinished(() => other[Symbol.asyncDispose]());
    other.server.answer = answerWith(400);
    other.telemetry.recordEvent('is.refused', {});
    const { data } = await stream.saw('recorded', (message) => message.data.event === 'is.refused');
    await other.telemetry.flush();
    const dropped = await stream.saw('dropped');
    expect(dropped.data).toEqual({ uuids: [data.uuid], dropped_reason: 'rejected_by_server' });
  });

  it('tells of a decision, whoever makes it', async () => {
    const api = await openLocalApi();
    const stream = await follow(api);
    expect((await stream.saw('consent')).data).toMatchObject({ telemetry_active: true, feature_flag: true });
    await api.post('/settings', { telemetry_opt_in: false });
    const { data } = await stream.saw('consent', ({ data: { telemetry_active } }) => !telemetry_active);
    expect(data.why.layer).toBe('consent_file');
  });

  it('begins with what was recorded since the message that its reader has seen last', async () => {
    const api = await openLocalApi();
    for (let n = 1; n <= 5; n += 1) api.telemetry.recordEvent('counted.event', { n });
    await api.telemetry.flush();
    const { json } = await api.call('/ledger');
    const stream = await follow(api, { 'last-event-id': json.events[2].uuid });
    await stream.saw('recorded', ({ id }) => id === json.events[0].uuid);
    const told = stream.messages.filter(({ event }) => event === 'recorded').map(({ id }) => id);
    expect(told).toEqual([json.events[1].uuid, json.events[0].uuid]);
    expect(stream.messages.some(({ event }) => event === 'missed')).toBe(false);
    const stranger = await follow(api, { 'last-event-id': 'nobody knows it' });
    await stranger.saw('missed');
  });

  it('refuses a ninth reader, and takes one again once another has left', async () => {
    const api = await openLocalApi();
    const streams = await Promise.all(Array.from({ length: 8 }, () => follow(api)));
    const refused = await api.call('/stream');
    expect([refused.status, refused.json.code, refused.headers['retry-after']]).toEqual([
      429,
      'REQUEST_RATE_LIMITED',
      '5',
    ]);
    streams[0]?.leave();
    await vi.waitFor(async () => {
      const stream = await follow(api);
      expect(stream.response.statusCode).toBe(200);
    }, 5_000);
  });

  it('watches nothing once the last reader has left', async () => {
    const api = await openLocalApi();
    api.telemetry.recordEvent('makes.the.folder', {});
    await api.telemetry.flush();
    const before = watches();
    const stream = await follow(api);
    await vi.waitFor(() => expect(watches()).toBe(before + 1), 5_000);
    stream.leave();
    await vi.waitFor(() => expect(watches()).toBe(before), 5_000);
  });

  it('ends when the token is renewed, and tells nothing more', async () => {
    const api = await openLocalApi();
    const stream = await follow(api);
    await stream.saw('consent');
    openLocalApiToken(api.directory, { renew: true });
    api.telemetry.recordEvent('not.for.you', {});
    await vi.waitFor(() => expect(stream.hasEnded).toBe(true), 5_000);
    expect(stream.text).not.toContain('not.for.you');
  });

  it('does not keep the server from closing', async () => {
    const wiring = await openWiring();
    onTestFinished(() => wiring[Symbol.asyncDispose]());
    const server = await startLocalApiServer(wiring.telemetry, { port: 0 });
    const authorization = `Bearer ${openLocalApiToken(wiring.directory)}`;
    const stream = await openStream(`${server.url}/api/telemetry/stream`, { authorization });
    await stream.saw('consent');
    const startedAtMs = performance.now();
    await server.close();
    expect(performance.now() - startedAtMs).toBeLessThan(1_000);
    await vi.waitFor(() => expect(stream.hasEnded).toBe(true));
  });

  it('tells that something was missed where too much happens at once', async () => {
    const api = await openLocalApi();
    api.telemetry.recordEvent('makes.the.folder', {});
    await api.telemetry.flush();
    const stream = await follow(api);
    await stream.saw('consent');
    for (let n = 0; n < 1_000; n += 1) api.telemetry.recordEvent('flood.event', { n });
    await api.telemetry.flush();
    await stream.saw('missed');
    expect(stream.messages.filter(({ event }) => event === 'recorded').length).toBeLessThan(1_000);
  });

  it('sends no body to who asks for the head only', async () => {
    const api = await openLocalApi();
    const { status, bytes } = await api.call('/stream', { method: 'HEAD' });
    expect([status, bytes.length]).toEqual([200, 0]);
  });
});
