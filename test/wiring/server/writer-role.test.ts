import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../../../src/server/serve/index.js';
import { startNats, type TestNats } from '../../support/nats.js';
import { createPostgres, type TestPostgres } from '../../support/postgres.js';
import { buildEvent } from '../../unit/server/ingest/build-event.js';

describe('the roles ingest and writer', () => {
  let nats: TestNats;
  let postgres: TestPostgres;
  beforeAll(async () => {
    nats = await startNats();
    postgres = await createPostgres();
  }, 30_000);
  afterAll(async () => {
    await postgres.drop();
    await nats[Symbol.asyncDispose]();
  });

  const stream = () => ({ ingestStream: [nats.url] });
  const get = async (url: string) => {
    const answer = await fetch(url);
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };

  it('receive in one process without a database, and store in another', async () => {
    const nowhere = { databaseUrl: undefined, dataDirectory: '/dev/null/nowhere' };
    await using ingest = await startServer({
      roles: ['ingest'],
      port: 0,
      services: { ...stream(), ...nowhere },
    });
    await expect.poll(async () => (await fetch(`${ingest.url}/ready`)).status, { timeout: 10_000 }).toBe(200);
    const batch = [buildEvent({ timestamp: new Date().toISOString() })];
    const body = JSON.stringify({ api_key: 'phc_test', batch });
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${ingest.url}/batch/`, { method: 'POST', headers, body });
    expect(await answer.json()).toEqual({ status: 1, queued: 1 });
    expect(await get(`${ingest.url}/events`)).toMatchObject({
      status: 404,
      body: { code: 'REQUEST_NOT_FOUND' },
    });

    const services = { ...stream(), databaseUrl: postgres.url };
    await using writer = await startServer({ roles: ['ingest', 'writer'], port: 0, services });
    const counts = () => get(`${writer.url}/events/counts`);
    await expect.poll(counts, { timeout: 15_000 }).toMatchObject({ status: 200, body: { total: 1 } });
    expect((await get(`${writer.url}/ready`)).body).toMatchObject({
      parts: { stream: { status: 'ok' }, writer: { status: 'ok' }, events: { status: 'ok' } },
    });
    const metrics = await (await fetch(`${writer.url}/metrics`)).text();
    expect(metrics).toContain('sotto_writer_events_total{outcome="stored"} 1');
  }, 40_000);

  it('are refused as a writer that has no stream', async () => {
    const services = { ingestStream: undefined, databaseUrl: postgres.url };
    await expect(startServer({ roles: ['writer'], port: 0, services })).rejects.toMatchObject({
      name: 'ConfigError',
      code: 'OPTION_INVALID',
      message: expect.stringContaining('INGEST_STREAM'),
    });
  });
});
