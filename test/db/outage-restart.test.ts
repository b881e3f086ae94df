import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../src/server/db/index.js';
import { type OwnPostgres, startOwnPostgres } from '../support/own-postgres.js';
import { buildStored } from '../unit/server/ingest/build-event.js';

/* A real server, which really ends and starts again. */

let server: OwnPostgres;
let database: Database;
beforeAll(async () => {
  server = await startOwnPostgres();
  database = await openDatabase({ url: server.url });
});
afterAll(async () => {
  await database.close();
  await server.drop();
});

const UNAVAILABLE = { name: 'RepositoryError', code: 'DATABASE_UNAVAILABLE' };
const ENDS: Record<'fast' | 'immediate' | 'killed', () => Promise<void>> = {
  fast: () => server.stop('fast'),
  immediate: () => server.stop('immediate'),
  killed: () => server.kill9(),
};
const WAYS = Object.keys(ENDS) as (keyof typeof ENDS)[];

const untilBack = () =>
  expect.poll(() => database.ping().then(() => 'there'), { timeout: 20_000 }).toBe('there');

describe('a server that is ended and started again', () => {
  it.each(WAYS)('(%s) is away to whoever asks meanwhile, and nothing else', async (way) => {
    await Promise.all(Array.from({ length: 5 }, () => database.ping()));
    let isOver = false;
    const codes = new Set<unknown>();
    const asking = (async () => {
      while (!isOver) await database.ping().catch((error) => void codes.add(error.code));
    })();
    await ENDS[way]();
    await expect(database.ping()).rejects.toMatchObject(UNAVAILABLE);
    await server.start();
    await untilBack();
    isOver = true;
    await asking;
    expect([...codes]).toEqual([UNAVAILABLE.code]);
  });

  it.each(WAYS)(
    '(%s) has nothing of a batch that was being written, and takes it afterwards',
    async (way) => {
      const batch = Array.from({ length: 1_000 }, () => buildStored({ event: `batch_${way}` }));
      const holder = new pg.Client({ connectionString: server.url });
      holder.on('error', () => {});
      await holder.connect();
      await holder.query('BEGIN; SELECT pg_advisory_xact_lock(7311002)');
      const adding = expect(database.events.add(batch)).rejects.toMatchObject(UNAVAILABLE);
      await expect
        .poll(() => server.query(`SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`), {
          interval: 20,
        })
        .toHaveLength(1);
      await ENDS[way]();
      await adding;
      await holder.end().catch(() => {});
      await server.start();
      await untilBack();
      expect((await database.events.counts()).byEvent[`batch_${way}`]).toBeUndefined();
      expect(await database.events.add(batch)).toEqual({ accepted: 1_000, duplicates: 0 });
      expect((await database.events.counts()).byEvent[`batch_${way}`]).toBe(1_000);
    },
  );

  it.each(WAYS)('(%s) still has what it acknowledged just before', async (way) => {
    const orgId = `org-${way}`;
    await database.orgs.register(orgId);
    await database.orgs.change({ orgId, telemetryEnabled: false, actor: 'ops' });
    await ENDS[way]();
    await server.start();
    await untilBack();
    expect((await database.orgs.read(orgId))?.answer).toMatchObject({ telemetryEnabled: false, version: 1 });
  });
});
