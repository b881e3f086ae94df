import { sql } from 'drizzle-orm';
// The package's own entry loads every database it can count in.
import RateLimiterMemory from 'rate-limiter-flexible/lib/RateLimiterMemory.js';
import RateLimiterPostgres from 'rate-limiter-flexible/lib/RateLimiterPostgres.js';
import type { Connection } from '../connection.js';
import { toSql } from './positional-query.js';
import type { RequestLimit, RequestLimits } from './request-limits.js';

const HOUR_MS = 3_600_000;

export function createRequestLimits(connection: Connection): RequestLimits {
  const limiters = new Map<string, Limiter>();
  const limiterOf = (limit: RequestLimit): Limiter => {
    const known = limiters.get(limit.name) ?? createLimiter(connection, limit);
    limiters.set(limit.name, known);
    return known;
  };
  return {
    async count(limit, who) {
      try {
        await limiterOf(limit).consume(who);
        return undefined;
      } catch (refusal) {
        if (refusal instanceof Error) throw refusal;
        const { msBeforeNext } = refusal as { readonly msBeforeNext: number };
        return Math.max(1, Math.ceil(msBeforeNext / 1_000));
      }
    },
    async forgetOld(nowMs) {
      await connection.run((queries) =>
        queries.execute(sql`DELETE FROM sotto_vendor.request_limits WHERE expire < ${nowMs - HOUR_MS}`),
      );
    },
  };
}

/** Rejects with what is no error when there are too many. */
interface Limiter {
  consume(who: string): Promise<unknown>;
}

function createLimiter(connection: Connection, { name, requests, seconds }: RequestLimit): Limiter {
  const limit = { keyPrefix: name, points: requests, duration: seconds };
  if (connection.kind === 'pglite') return new RateLimiterMemory(limit);
  return new RateLimiterPostgres({
    ...limit,
    // Who makes too many is refused without another look at the database.
    inMemoryBlockOnConsumed: requests + 1,
    storeClient: { query: ({ text, values }: PositionalQuery) => runPositional(connection, text, values) },
    storeType: 'pool',
    schemaName: 'sotto_vendor',
    tableName: 'request_limits',
    tableCreated: true,
    clearExpiredByTimeout: false,
  });
}

interface PositionalQuery {
  readonly text: string;
  readonly values: readonly unknown[];
}

const runPositional = (connection: Connection, text: string, values: readonly unknown[]) =>
  connection.run((queries) => queries.execute(toSql(text, values)));
