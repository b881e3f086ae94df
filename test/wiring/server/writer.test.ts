import { type ConsumerConfig, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { Registry } from 'prom-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../../src/server/db/index.js';
import { createLog } from '../../../src/server/observe/index.js';
import { createLink, createQueuedMessages, loadNats } from '../../../src/server/stream/index.js';
import type { EventStore } from '../../../src/server/wire/index.js';
import { pauseFor } from '../../../src/server/work/index.js';
import { createWriter } from '../../../src/server/writer/index.js';
import { startNats, type TestNats } from '../../support/nats.js';
import { createPostgres, type TestPostgres } from '../../support/postgres.js';
import { startTcpProxy } from '../../support/tcp-proxy.js';
import { buildEvent } from '../../unit/server/ingest/build-event.js';
import { CONSUMER, countMessages, makeConsumer, openIngest, readUuids, STREAM } from './writer-support.js';

const SOON = { timeout: 15_000, interval: 100 };

describe('a writer', () => {
  let nats: TestNats;
  let postgres: TestPostgres;
  let database: Database;
  beforeAll(async () => {
    nats = await startNats();
    postgres = await createPostgres();
    database = await openDatabase({ url: postgres.url, areas: ['vendor'] });
  }, 30_000);
  afterAll(async () => {
    await database.close();
    await postgres.drop();
    await nats[Symbol.asyncDispose]();
  });

  let ingest: Awaited<ReturnType<typeof openIngest>>;
  beforeEach(async () => {
    await nats.with(async (connection) => {
      await (await jetstreamManager(connection)).streams.delete(STREAM).catch(() => {});
    });
    await postgres.query('TRUNCATE sotto_vendor.ingest_events');
    ingest = await openIngest(nats);
    await ingest.send([buildEvent({ event: 'first' })]);
    await makeConsumer(nats, 2_000);
  });
  const cleanups: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    await ingest[Symbol.asyncDispose]();
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });

  async function open(store: Pick<EventStore, 'add'> = database.events) {
    const loaded = await loadNats();
    const link = createLink({ addresses: [nats.url], nats: loaded, pause: pauseFor });
    const metrics = new Registry();
    const events: string[] = [];
    const log = createLog('event_writer', {
      write: (line) => {
        const { event, code } = JSON.parse(line);
        events.push(code === undefined ? event : `${event} ${code}`);
      },
    });
    const writer = createWriter({
      messages: createQueuedMessages({ nats: loaded, link }),
      link,
      store,
      log,
      metrics,
      pause: pauseFor,
      random: Math.random,
      nowMs: Date.now,
    });
    writer.start();
    cleanups.push(() => writer.stop());
    return { writer, events, metrics: () => metrics.metrics() };
  }

  /** The same database over a line that can be cut. */
  async function openBehindProxy() {
    const url = new URL(postgres.url);
    const proxy = await startTcpProxy(Number(url.port || 5432));
    url.port = String(proxy.port);
    const behind = await openDatabase({ url: url.href, areas: ['vendor'] });
    cleanups.push(async () => {
      await behind.close();
      await proxy[Symbol.asyncDispose]();
    });
    return { proxy, behind };
  }

  const total = async () => (await database.events.counts()).total;

  it('stores what waits, and what comes', async () => {
    const { metrics, writer } = await open();
    await ingest.send([buildEvent({ event: 'second' }), buildEvent({ event: 'second' })]);
    await expect
      .poll(() => database.events.counts(), SOON)
      .toMatchObject({ byEvent: { first: 1, second: 2 } });
    await expect.poll(() => countMessages(nats), SOON).toBe(0);
    await expect.poll(metrics, SOON).toContain('sotto_writer_lag_messages 0');
    expect(await metrics()).toContain('sotto_writer_events_total{outcome="stored"} 3');
    expect(await writer.health.read()).toMatchObject({ status: 'ok', details: { failing: null } });
  });

  it('passes over what it cannot read, and leaves to others what is of a later version', async () => {
    const texts = ['canary', '{"version":1,"events":[{}]}', '{"version":2,"parts":[]}'];
    await nats.with(async (connection) => {
      for (const text of texts) await jetstream(connection).publish('sotto.events.batch', text);
    });
    const { metrics } = await open();
    await expect.poll(total, SOON).toBe(1);
    await expect.poll(() => countMessages(nats), SOON).toBe(1);
    expect(await metrics()).toContain('sotto_writer_messages_total{outcome="given_up"} 2');
    expect(await metrics()).toContain('sotto_writer_messages_total{outcome="newer"} 1');
  });

  it('says when the database is away, keeps everything, and stores it when it is back', async () => {
    const { proxy, behind } = await openBehindProxy();
    await proxy.cut();
    const { writer, metrics } = await open(behind.events);
    const status = async () => (await writer.health.read()).status;
    await expect
      .poll(() => writer.health.read(), SOON)
      .toMatchObject({
        status: 'degraded',
        details: { failing: 'DATABASE_UNAVAILABLE' },
      });
    expect(await countMessages(nats)).toBe(1);
    await proxy.restore();
    await expect.poll(total, SOON).toBe(1);
    await expect.poll(status, SOON).toBe('ok');
    expect(await metrics()).toContain('sotto_writer_messages_total{outcome="stored"} 1');
  });

  it('is down while the stream is away, and says of nothing how much waits', async () => {
    const { writer, metrics } = await open();
    await expect.poll(metrics, SOON).toContain('sotto_writer_lag_messages 0');
    await nats.kill();
    await expect
      .poll(() => writer.health.read(), SOON)
      .toMatchObject({ status: 'down', details: { waiting_messages: null } });
    expect(await metrics()).not.toMatch(/^sotto_writer_lag_messages/m);
    await nats.start();
    await ingest.send([buildEvent()]);
    await expect.poll(total, SOON).toBe(2);
    await expect.poll(() => writer.health.read(), SOON).toMatchObject({ status: 'ok' });
    await expect.poll(metrics, SOON).toMatch(/^sotto_writer_lag_messages/m);
  });

  /** The place of the writers as an operator made it, in place of the one that is there. */
  const remakeConsumer = (config: Partial<ConsumerConfig>) =>
    nats.with(async (connection) => {
      const manager = await jetstreamManager(connection);
      await manager.consumers.delete(STREAM, CONSUMER);
      await manager.consumers.add(STREAM, { durable_name: CONSUMER, ack_policy: 'explicit', ...config });
    });

  it.each<[string, Partial<ConsumerConfig>]>([
    ['gives each message a few times only', { max_deliver: 3 }],
    ['gives no more than the head of a message', { headers_only: true }],
    ['gives messages to whoever listens', { deliver_subject: 'canary.deliver' }],
  ])('takes nothing from a place that %s, and goes on when it is mended', async (_what, config) => {
    await remakeConsumer(config);
    const { writer, events } = await open();
    await expect
      .poll(() => writer.health.read(), SOON)
      .toMatchObject({
        status: 'down',
        details: { failing: 'STREAM_UNFIT', waiting_messages: null },
      });
    expect([await countMessages(nats), await total()]).toEqual([1, 0]);
    await makeFit();
    await expect.poll(total, SOON).toBe(1);
    await expect.poll(() => writer.health.read(), SOON).toMatchObject({ status: 'ok' });
    expect(events).toEqual(['writer_failing STREAM_UNFIT', 'writer_recovered']);
  });

  const makeFit = () => remakeConsumer({ max_deliver: -1 });

  it('takes nothing more when an operator makes the place unfit while it works', async () => {
    const { writer } = await open();
    await expect.poll(total, SOON).toBe(1);
    await nats.with(async (connection) => {
      const manager = await jetstreamManager(connection);
      await manager.consumers.update(STREAM, CONSUMER, { max_deliver: 2 });
    });
    await expect
      .poll(() => writer.health.read(), SOON)
      .toMatchObject({ status: 'down', details: { failing: 'STREAM_UNFIT' } });
    await ingest.send([buildEvent()]);
    expect([await countMessages(nats), await total()]).toEqual([1, 1]);
  });

  it('stores what is in a stream that would forget it', async () => {
    await nats.with(async (connection) => {
      await (await jetstreamManager(connection)).streams.update(STREAM, { max_age: 600_000_000_000 });
    });
    await open();
    await expect.poll(total, SOON).toBe(1);
  });

  it('stores each event once although the line to the database is cut in the middle of transactions', async () => {
    const { proxy, behind } = await openBehindProxy();
    const batches = Array.from({ length: 30 }, () => Array.from({ length: 40 }, () => buildEvent()));
    /** Cuts the line while the third, fifth and seventh transaction is under way; the last one when it has ended and nobody was told. */
    let calls = 0;
    const store: Pick<EventStore, 'add'> = {
      async add(events) {
        calls += 1;
        if (calls > 7 || calls % 2 === 0) return behind.events.add(events);
        const adding = behind.events.add(events);
        if (calls === 7) await adding;
        await proxy.cut();
        const outcome = await adding.catch(() => undefined);
        await proxy.restore();
        if (outcome === undefined || calls === 7)
          return behind.events.add(events).then(() => Promise.reject(lost));
        return outcome;
      },
    };
    await open(store);
    for (const batch of batches) await ingest.send(batch);
    await expect.poll(total, { timeout: 30_000 }).toBe(1_201);
    await expect.poll(() => countMessages(nats), { timeout: 30_000 }).toBe(0);
    expect(calls).toBeGreaterThan(1);
    const sent = batches.flat().map(({ uuid }) => uuid);
    expect(await readUuids(postgres)).toEqual(expect.arrayContaining(sent));
    expect(await readUuids(postgres)).toHaveLength(1_201);
  }, 60_000);

  const lost = Object.assign(new Error('The answer was lost.'), {
    isTelemetryError: true,
    code: 'DATABASE_UNAVAILABLE',
  });

  it('shares the work with others, and takes each event once when a client sends it again and again', async () => {
    await Promise.all([open(), open()]);
    const batches = Array.from({ length: 20 }, () => Array.from({ length: 10 }, () => buildEvent()));
    // Other parts of the same events in each message: the stream cannot know them, the database does.
    const mixed = batches.map((batch, index) => [...batch, ...(batches[index - 1] ?? [])]);
    await Promise.all([...batches, ...mixed, ...batches].map((batch) => ingest.send(batch)));
    await expect.poll(() => countMessages(nats), SOON).toBe(0);
    const stored = await readUuids(postgres);
    expect(stored).toHaveLength(201);
    expect(new Set(stored).size).toBe(201);
  });

  it('finishes what it has begun when it is stopped, and leaves the rest', async () => {
    let begun = () => {};
    const beginning = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const { writer } = await open({
      async add(events) {
        begun();
        await pauseFor(300, new AbortController().signal);
        return database.events.add(events);
      },
    });
    await beginning;
    await Promise.all([writer.stop(), writer.stop()]);
    expect(await total()).toBe(1);
    expect(await countMessages(nats)).toBe(0);
    await ingest.send([buildEvent()]);
    expect(await countMessages(nats)).toBe(1);
    await open();
    await expect.poll(total, SOON).toBe(2);
  });
});
