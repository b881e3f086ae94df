import { setTimeout as sleep } from 'node:timers/promises';
import { Hono } from 'hono';
import type { Database } from '../db/contract.js';
import type { HealthPart, PartHealth } from '../observe/index.js';

/** Who asks whether a process lives gives up after a second, and ends it. */
const HEALTH_WAIT_MS = 500;

/**
 * For whatever watches over the process. Neither asks for a token, and neither says more than this:
 *
 * - `GET /health`: 200 as long as it runs, `{ status: 'ok' }`, or `degraded` while something that it needs does not answer within half a
 *   second
 * - `GET /ready`: the same with every part, 503 while one is down
 */
export function createHealthApp(parts: readonly HealthPart[]): Hono {
  const app = new Hono({ strict: false });
  app.get('/health', async (context) => {
    const read = await Promise.race([readAll(parts), sleep(HEALTH_WAIT_MS, undefined, { ref: false })]);
    return context.json({ status: read?.every(({ status }) => status === 'ok') ? 'ok' : 'degraded' });
  });
  app.get('/ready', async (context) => {
    const read = await readAll(parts);
    const status = worstOf(read);
    const told = Object.fromEntries(read.map(({ name, status, details }) => [name, { status, ...details }]));
    return context.json({ status, parts: told }, status === 'down' ? 503 : 200);
  });
  return app;
}

/** The databases of a process, as one part: it is down while one of them is. */
export function toDatabaseHealth(databases: readonly Pick<Database, 'ping'>[]): HealthPart {
  return {
    name: 'database',
    async read() {
      try {
        await Promise.all(databases.map((database) => database.ping()));
        return { status: 'ok', details: {} };
      } catch {
        return { status: 'down', details: {} };
      }
    },
  };
}

function readAll(parts: readonly HealthPart[]) {
  return Promise.all(parts.map(async (part) => ({ name: part.name, ...(await part.read()) })));
}

function worstOf(read: readonly PartHealth[]): PartHealth['status'] {
  if (read.some(({ status }) => status === 'down')) return 'down';
  return read.some(({ status }) => status === 'degraded') ? 'degraded' : 'ok';
}
