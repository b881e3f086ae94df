import { Hono } from 'hono';
import type { Database } from '../db/contract.js';
import { problemOf, problemResponse } from '../http/index.js';

/**
 * For whatever watches over the process. Neither asks for a token, and neither says more than this:
 *
 * - `GET /health`: `{ status: 'ok' }` as long as it runs
 * - `GET /ready`: the same while the database answers, 503 otherwise
 */
export function createHealthApp(database: Pick<Database, 'ping'> | undefined): Hono {
  const app = new Hono({ strict: false });
  app.get('/health', (context) => context.json({ status: 'ok' }));
  app.get('/ready', async (context) => {
    try {
      await database?.ping();
    } catch {
      return problemResponse(problemOf('DATABASE_UNAVAILABLE', 'The database does not answer.'));
    }
    return context.json({ status: 'ok' });
  });
  return app;
}
