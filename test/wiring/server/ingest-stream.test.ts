import { jetstreamManager, type StreamConfig } from '@nats-io/jetstream';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createIngestApp } from '../../../src/server/ingest/index.js';
import { createLog } from '../../../src/server/observe/index.js';
import { createStreamService } from '../../../src/server/stream/index.js';
import { pauseFor } from '../../../src/server/work/index.js';
import { startNats, type TestNats } from '../../support/nats.js';
import { startTcpProxy } from '../../support/tcp-proxy.js';
import { buildEvent } from '../../unit/server/ingest/build-event.js';

const STREAM = 'SOTTO_EVENTS';

describe('ingest with a stream', () => {
  let nats: TestNats;
  beforeAll(async () => {
    nats = await startNats();
  });
  afterAll(() => nats[Symbol.asyncDispose]());

  const cleanups: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
    await nats.with(async (connection) => {
      const manager = await jetstreamManager(connection);
      await manager.streams.delete(STREAM).catch(() => {});
    });
  });

  /** Ingest that is up, and what it logs. */
  async function open({ addresses = [nats.url], pause = pauseFor, acknowledgeTimeoutMs = 5_000 } = {}) {
    const lines: string[] = [];
    const log = createLog('event_ingest', { write: (line) => lines.push(line) });
    let passedMs = 0;
    const nowMs = () => Date.now() + passedMs;
    const service = await createStreamService({ addresses, log, pause, nowMs, acknowledgeTimeoutMs });
    cleanups.push(() => service.stop());
    const app = createIngestApp({ queue: service.queue });
    const post = (batch: readonly unknown[]) => {
      const body = JSON.stringify({ api_key: 'phc_test', batch });
      const headers = { 'content-type': 'application/json' };
      return app.request('/batch/', { method: 'POST', headers, body });
    };
    const status = async () => (await service.health[0]?.read())?.status;
    const events = () => lines.map((line) => JSON.parse(line).event);
    const pass = (ms: number) => {
      passedMs += ms;
    };
    service.start();
    return { app, service, post, status, events, pass, lines };
  }

  async function openUp(options: Parameters<typeof open>[0] = {}) {
    const opened = await open(options);
    await expect.poll(opened.status, { timeout: 10_000 }).toBe('ok');
    return opened;
  }

  /** Over a line that can be held up. */
  async function openBehindProxy(options: Parameters<typeof open>[0] = {}) {
    const proxy = await startTcpProxy(nats.port);
    cleanups.push(async () => proxy[Symbol.asyncDispose]());
    return { proxy, ...(await openUp({ ...options, addresses: [`nats://127.0.0.1:${proxy.port}`] })) };
  }

  /** The stream as an operator may make it, in place of the one that is there. */
  const makeStream = (config: Partial<StreamConfig>) =>
    nats.with(async (connection) => {
      const manager = await jetstreamManager(connection);
      await manager.streams.delete(STREAM).catch(() => {});
      await manager.streams.add({
        name: STREAM,
        subjects: ['sotto.events.batch'],
        storage: 'file',
        retention: 'workqueue',
        discard: 'new',
        ...config,
      });
    });

  const state = () =>
    nats.with(async (connection) => (await (await jetstreamManager(connection)).streams.info(STREAM)).state);

  it('answers when the stream has the batch', async () => {
    const { post, service } = await openUp();
    const answer = await post([buildEvent(), buildEvent()]);
    expect([answer.status, await answer.json()]).toEqual([200, { status: 1, queued: 2 }]);
    expect((await state()).messages).toBe(1);
    expect(await service.metrics.metrics()).toContain('sotto_stream_events_total{outcome="queued"} 2');
  });

  it('keeps the stream on disk until somebody has stored it, and refuses what does not fit', async () => {
    const { post } = await openUp();
    await post([buildEvent()]);
    const { config } = await nats.with(async (connection) =>
      (await jetstreamManager(connection)).streams.info(STREAM),
    );
    expect(config).toMatchObject({
      subjects: ['sotto.events.batch'],
      storage: 'file',
      retention: 'workqueue',
      discard: 'new',
      duplicate_window: 120_000_000_000,
    });
  });

  it('has a batch once that a client sends again, and one of other times twice', async () => {
    const { post } = await openUp();
    const batch = [buildEvent(), buildEvent()];
    for (const again of [
      batch,
      batch,
      batch.map((event) => ({ ...event, timestamp: '2025-03-02T00:00:00Z' })),
    ])
      expect((await post(again)).status).toBe(200);
    expect((await state()).messages).toBe(2);
  });

  it('takes a batch of many megabytes apart', async () => {
    const { post } = await openUp();
    const batch = Array.from({ length: 60 }, () => buildEvent({ properties: { a: 'é'.repeat(40_000) } }));
    const halves = [batch.slice(0, 20), batch.slice(20, 40), batch.slice(40)];
    for (const half of halves) expect((await post(half)).status).toBe(200);
    const { messages, bytes } = await state();
    expect(messages).toBe(21);
    expect(bytes).toBeGreaterThan(4_800_000);
  });

  it('refuses for good an event that no message can hold', async () => {
    const { post } = await openUp();
    const answer = await post([buildEvent(), buildEvent({ properties: { a: 'x'.repeat(1_100_000) } })]);
    expect([answer.status, await answer.json()]).toMatchObject([413, { code: 'REQUEST_TOO_LARGE' }]);
    expect((await state()).messages).toBe(0);
  });

  it('takes a batch apart until it fits into a stream for small messages', async () => {
    await makeStream({ max_msg_size: 2_000 });
    const { post } = await openUp();
    const batch = Array.from({ length: 20 }, () => buildEvent({ properties: { a: 'x'.repeat(500) } }));
    expect((await post(batch)).status).toBe(200);
    expect((await state()).messages).toBe(10);
    const large = [buildEvent({ properties: { a: 'x'.repeat(2_000) } })];
    expect((await post(large)).status).toBe(413);
  });

  const UNAVAILABLE = { status: 503, code: 'STREAM_UNAVAILABLE' };

  it('refuses for a while what a full stream does not take, and takes it when there is room', async () => {
    const { post, status, events } = await openUp();
    await post([buildEvent()]);
    const limit = (max_msgs: number) =>
      nats.with(async (connection) =>
        (await jetstreamManager(connection)).streams.update(STREAM, { max_msgs }),
      );
    await limit(2);
    expect((await post([buildEvent()])).status).toBe(200);
    const batch = [buildEvent()];
    const refused = await post(batch);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await refused.json()).toMatchObject(UNAVAILABLE);
    expect((await post(batch)).status).toBe(503);
    expect(await status()).toBe('degraded');
    await limit(-1);
    expect((await post(batch)).status).toBe(200);
    expect(await status()).toBe('ok');
    expect(events()).toEqual(['stream_connected', 'stream_failing', 'stream_recovered']);
    expect((await state()).messages).toBe(3);
  });

  it('refuses at once while no server answers, and goes on by itself when one does', async () => {
    const { post, status, events } = await openUp();
    const batch = [buildEvent()];
    await nats.kill();
    await expect.poll(status).toBe('down');
    const startedMs = performance.now();
    expect(await (await post(batch)).json()).toMatchObject(UNAVAILABLE);
    expect(performance.now() - startedMs).toBeLessThan(1_000);
    await nats.start();
    await expect.poll(status, { timeout: 10_000 }).toBe('ok');
    expect((await post(batch)).status).toBe(200);
    expect((await state()).messages).toBe(1);
    expect(events()).toEqual(['stream_connected', 'stream_lost', 'stream_connected']);
  });

  it('keeps over a restart of the server what was acknowledged', async () => {
    const { post, status } = await openUp();
    for (let batch = 0; batch < 20; batch += 1) expect((await post([buildEvent()])).status).toBe(200);
    await nats.kill();
    await nats.start();
    expect((await state()).messages).toBe(20);
    await expect.poll(status, { timeout: 10_000 }).toBe('ok');
  });

  it('starts before its server does', async () => {
    await nats.kill();
    let tries = 0;
    const pause: typeof pauseFor = (_ms, signal) => {
      tries += 1;
      return pauseFor(10, signal);
    };
    const { post, status, lines } = await open({ pause });
    await expect.poll(() => tries).toBeGreaterThan(3);
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ event: 'stream_unreachable', reason: 'no_answer' });
    expect((await post([buildEvent()])).status).toBe(503);
    await nats.start();
    await expect.poll(status, { timeout: 10_000 }).toBe('ok');
    expect((await post([buildEvent()])).status).toBe(200);
  });

  it.each<[string, Partial<StreamConfig>]>([
    ['nobody who listens', { retention: 'interest' }],
    ['more than its room', { discard: 'old' }],
    ['what is old', { max_age: 60_000_000_000 }],
    ['all but some of a subject', { max_msgs_per_subject: 1 }],
    ['everything at a restart', { storage: 'memory' }],
  ])('puts nothing into a stream that forgets %s', async (_what, config) => {
    await makeStream(config);
    const { post, events, status } = await openUp();
    expect((await post([buildEvent()])).status).toBe(503);
    expect((await post([buildEvent()])).status).toBe(503);
    expect((await state()).messages).toBe(0);
    expect(events()).toEqual(['stream_connected', 'stream_unfit']);
    expect(await status()).toBe('degraded');
  });

  it('sees within ten seconds that an operator has changed the stream', async () => {
    const { post, pass } = await openUp();
    expect((await post([buildEvent()])).status).toBe(200);
    await makeStream({ max_age: 60_000_000_000 });
    pass(10_000);
    expect((await post([buildEvent()])).status).toBe(503);
    expect((await state()).messages).toBe(0);
  });

  it('does not take the word of another stream for it', async () => {
    const { post } = await openUp();
    expect((await post([buildEvent()])).status).toBe(200);
    await nats.with(async (connection) => {
      const manager = await jetstreamManager(connection);
      await manager.streams.delete(STREAM);
      await manager.streams.add({ name: 'OTHER', subjects: ['sotto.>'] });
    });
    cleanups.push(() =>
      nats.with(async (connection) => (await jetstreamManager(connection)).streams.delete('OTHER')),
    );
    expect((await post([buildEvent()])).status).toBe(503);
  });

  it('refuses for a while what the stream does not acknowledge in time, and has it once in the end', async () => {
    const { post, proxy, status } = await openBehindProxy({ acknowledgeTimeoutMs: 200 });
    expect((await post([buildEvent()])).status).toBe(200);
    proxy.hang();
    const batch = [buildEvent()];
    const startedMs = performance.now();
    expect(await (await post(batch)).json()).toMatchObject(UNAVAILABLE);
    expect(performance.now() - startedMs).toBeLessThan(3_000);
    expect(await status()).toBe('degraded');
    await proxy.restore();
    expect((await post(batch)).status).toBe(200);
    expect((await state()).messages).toBe(2);
    expect(await status()).toBe('ok');
  });

  it('waits at its end for what the stream has not acknowledged yet', async () => {
    // Of its end nothing but this may take time.
    const { service, proxy } = await openBehindProxy({ pause: async () => {} });
    const add = () => service.queue.add([{ ...buildEvent(), receivedAtMs: 0 }]);
    await add();
    proxy.hang();
    const adding = add();
    adding.catch(() => {});
    const stopping = service.stop();
    // As long as a line of its own takes.
    expect((await state()).messages).toBe(1);
    await proxy.restore();
    await expect(adding).resolves.toBeUndefined();
    await stopping;
    expect((await state()).messages).toBe(2);
  });

  it('makes the stream again after somebody has deleted it', async () => {
    const { post } = await openUp();
    await post([buildEvent()]);
    await nats.with(async (connection) => (await jetstreamManager(connection)).streams.delete(STREAM));
    expect((await post([buildEvent()])).status).toBe(503);
    expect((await post([buildEvent()])).status).toBe(200);
    expect((await state()).messages).toBe(1);
  });

  it('has nothing to read', async () => {
    const { app } = await openUp();
    for (const path of ['/events', '/events/counts']) {
      const answer = await app.request(`http://127.0.0.1:7311${path}`);
      expect([answer.status, await answer.json()]).toMatchObject([404, { code: 'REQUEST_NOT_FOUND' }]);
    }
  });

  it('ends while nobody answers', async () => {
    const { service, status } = await openUp();
    await nats.kill();
    await expect.poll(status).toBe('down');
    await Promise.all([service.stop(), service.stop()]);
    await nats.start();
  });
});

it('shows who it is, and tells nobody', async () => {
  await using nats = await startNats('authorization { user: canary-user, password: "canary/pass" }');
  const lines: string[] = [];
  const log = createLog('event_ingest', { write: (line) => lines.push(line) });
  const open = async (password: string) => {
    const service = await createStreamService({
      addresses: [`nats://canary-user:${encodeURIComponent(password)}@127.0.0.1:${nats.port}`],
      log,
      pause: pauseFor,
      nowMs: Date.now,
    });
    service.start();
    return service;
  };
  const known = await open('canary/pass');
  await expect.poll(async () => (await known.health[0]?.read())?.status, { timeout: 10_000 }).toBe('ok');
  const unknown = await open('canary-wrong');
  const refusals = () => lines.filter((line) => JSON.parse(line).event === 'stream_unreachable');
  await expect.poll(() => refusals().length, { timeout: 10_000 }).toBe(1);
  expect(refusals()[0]).toContain('"reason":"not_admitted"');
  const refused = await unknown.queue.add([]).catch((error: unknown) => error as Error);
  expect(refused).toMatchObject({ code: 'STREAM_UNAVAILABLE' });
  const told = `${lines.join()} ${(refused as Error).stack} ${JSON.stringify(refused)} ${await unknown.metrics.metrics()}`;
  expect(told).not.toContain('canary');
  expect(told).not.toContain('127.0.0.1');
  await Promise.all([known.stop(), unknown.stop()]);
});
