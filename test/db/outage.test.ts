import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/server/db/index.js';
import { createPostgres, type TestPostgres } from '../support/postgres.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';
import { buildStored } from '../unit/server/ingest/build-event.js';

/** Of waiting for a connection and for an answer, with room for a busy machine. */
const QUICK_MS = 12_000;
const UNAVAILABLE = { name: 'RepositoryError', code: 'DATABASE_UNAVAILABLE' };

describe('PostgreSQL that is away', () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await createPostgres();
  });
  afterAll(() => postgres.drop());

  /** A database behind a line that can be cut. */
  async function openBehindProxy() {
    const proxy = await startTcpProxy(Number(new URL(postgres.url).port));
    const database = await openDatabase({ url: urlThrough(proxy) });
    const close = async () => {
      await proxy.restore();
      await database.close();
      await proxy[Symbol.asyncDispose]();
    };
    return { proxy, database, [Symbol.asyncDispose]: close };
  }

  function urlThrough({ port }: Pick<TcpProxy, 'port'>): string {
    const url = new URL(postgres.url);
    url.port = String(port);
    url.password = 'hunter2';
    return url.href;
  }

  /** What every kind of call does, and how long it took. */
  async function tryEverything(database: Awaited<ReturnType<typeof openDatabase>>) {
    const startMs = performance.now();
    const calls = [
      database.ping(),
      database.orgs.read('a'),
      database.orgs.change({ orgId: 'a', telemetryEnabled: true, actor: 'a' }),
      database.tokens.create({ orgId: 'a', teamNodeId: null, scope: 'read' }),
      database.events.add([buildStored()]),
      database.events.counts(),
    ];
    const errors = await Promise.all(
      calls.map((call) =>
        call.then(
          () => 'done',
          (error: unknown) => error,
        ),
      ),
    );
    return { errors, tookMs: performance.now() - startMs };
  }

  it('is unavailable while nobody listens, without a word of where it is', async () => {
    await using open = await openBehindProxy();
    await open.database.orgs.register('a');
    await open.proxy.cut();
    const { errors, tookMs } = await tryEverything(open.database);
    for (const error of errors) {
      expect(error).toMatchObject(UNAVAILABLE);
      const told = `${(error as Error).stack} ${JSON.stringify(error)}`;
      expect((error as Error).cause).toBeUndefined();
      expect(told).not.toMatch(/hunter2|127\.0\.0\.1|root|sotto_test|insert|select/i);
    }
    expect(tookMs).toBeLessThan(QUICK_MS);
  });

  it('is used again once it is back', async () => {
    await using open = await openBehindProxy();
    await open.proxy.cut();
    await tryEverything(open.database);
    await open.proxy.restore();
    await open.database.ping();
    const { errors } = await tryEverything(open.database);
    expect(errors).toEqual(errors.map(() => 'done'));
  });

  it('is unavailable while it hangs, and used again afterwards', async () => {
    await using open = await openBehindProxy();
    await tryEverything(open.database);
    open.proxy.hang();
    const { errors, tookMs } = await tryEverything(open.database);
    for (const error of errors) expect(error).toMatchObject(UNAVAILABLE);
    expect(tookMs).toBeLessThan(QUICK_MS);
    await open.proxy.restore();
    const again = await tryEverything(open.database);
    expect(again.errors).toEqual(again.errors.map(() => 'done'));
  });

  it('is not asked again over a connection that has not answered', async () => {
    await using open = await openBehindProxy();
    const write = () => open.database.events.add([buildStored()]);
    await write();
    open.proxy.hang();
    await expect(write()).rejects.toMatchObject(UNAVAILABLE);
    open.proxy.restoreForNew();
    await expect(write()).resolves.toMatchObject({ accepted: 1 });
  });

  it('is used again after it has ended every connection', async () => {
    await using open = await openBehindProxy();
    await Promise.all(Array.from({ length: 5 }, () => open.database.ping()));
    await postgres.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    // A connection may still be lost to the first call, which says so; the pool knows afterwards.
    await open.database.ping().catch((error: unknown) => expect(error).toMatchObject(UNAVAILABLE));
    await expect.poll(() => open.database.ping().then(() => 'there')).toBe('there');
  });

  it('stores all of a batch or nothing when the line is cut in the middle of it', async () => {
    await using open = await openBehindProxy();
    const batch = Array.from({ length: 3_000 }, () => buildStored({ event: 'cut' }));
    const adding = open.database.events.add(batch).then(
      () => 'done',
      (error: unknown) => error,
    );
    await open.proxy.cut();
    const outcome = await adding;
    await open.proxy.restore();
    const { byEvent } = await open.database.events.counts();
    if (outcome === 'done') expect(byEvent.cut).toBe(3_000);
    else expect([undefined, 3_000]).toContain(byEvent.cut);
    expect((await open.database.events.add(batch)).accepted).toBe(3_000 - (byEvent.cut ?? 0));
  });

  it('cannot be opened, and says so soon', async () => {
    const proxy = await startTcpProxy(Number(new URL(postgres.url).port));
    const url = urlThrough(proxy);
    proxy.hang();
    const startMs = performance.now();
    await expect(openDatabase({ url })).rejects.toMatchObject(UNAVAILABLE);
    expect(performance.now() - startMs).toBeLessThan(QUICK_MS);
    await proxy.cut();
    await expect(openDatabase({ url })).rejects.toMatchObject(UNAVAILABLE);
  });

  it('that does not let us in is no outage', async () => {
    const url = new URL(postgres.url);
    url.pathname = '/there_is_no_such_database';
    await expect(openDatabase({ url: url.href })).rejects.toMatchObject({ code: 'DATABASE_FAILED' });
  });

  it('gives up a statement that waits for a lock for too long', async () => {
    await using open = await openBehindProxy();
    const blocker = new pg.Client({ connectionString: postgres.url });
    await blocker.connect();
    await blocker.query('BEGIN; LOCK TABLE org_nodes IN ACCESS EXCLUSIVE MODE');
    await expect(open.database.orgs.list()).rejects.toMatchObject(UNAVAILABLE);
    await blocker.end();
    await expect(open.database.orgs.list()).resolves.toBeInstanceOf(Array);
  });
});
