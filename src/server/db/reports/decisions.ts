import { sql } from 'drizzle-orm';
import type { Connection, Queries } from '../connection.js';
import { RepositoryError } from '../errors.js';
import { everyRowOrNone, rowOf } from './snapshot.js';

/**
 * Which organisations are on and which off, and every stop, as a short text to compare. It is the same text again once every
 * answer is again what it was.
 */
export async function readDecisions(queries: Queries): Promise<string> {
  const { decisions } = await rowOf<{ decisions: string }>(
    queries,
    sql`
      SELECT concat_ws('.', answers.given, answers.hash, stops.begun, stops.ended) AS decisions
      FROM (
             SELECT count(*) AS given, sum(hashtextextended(org_id, telemetry_enabled::integer)) AS hash
             FROM org_settings
           ) answers,
           (SELECT count(stopped_at) AS begun, count(resumed_at) AS ended FROM telemetry_stops) stops`,
  );
  return decisions;
}

/**
 * Any number, as long as it stays the same, and as the migrations name it: whoever starts to send takes this lock alone, and those who
 * decide share it.
 */
const LOCK_KEY = 7_311_003;

/** Less than it takes a server to look for deadlocks, so that of two who wait for each other the sender gives up. */
const WAIT_AT_MOST = '500ms';
/** After this a server ends a sender that hangs. Whoever decides waits longer than that. */
const HOLD_AT_MOST = '2s';
/** The lock ends with its session, which others may end unseen: who looked longer ago may not hold it any more. */
const LOOKED_AT_MOST_MS = 100;

/** Two clocks, as each may miss something: one may be set, and the other may stand still while the machine is paused. */
export interface LookClocks {
  /** Milliseconds of a clock that nobody sets. */
  readonly monotonic: () => number;
  /** Unix time in milliseconds. */
  readonly now: () => number;
}

/** See `ReportRepository`. */
export async function startWhileDecided(
  connection: Connection,
  decisions: string,
  start: () => void,
  clocks: LookClocks,
): Promise<boolean> {
  let hasStarted = false;
  try {
    return await connection.transaction(async (queries) => {
      await limitTimes(queries);
      // Before the lock: whoever empties a table waits for its readers, and then for this lock. The other way round, each would
      // wait for the other.
      if ((await readDecisions(queries)) !== decisions) return false;
      await queries.execute(sql`SELECT pg_advisory_xact_lock(${LOCK_KEY})`);
      const hasJustLooked = startTiming(clocks);
      const isStill = (await readDecisions(queries)) === decisions;
      if (!isStill || !hasJustLooked()) return false;
      start();
      hasStarted = true;
      return true;
    });
  } catch (error) {
    // Only its end failed, and it changes nothing.
    if (hasStarted) return true;
    throw error;
  }
}

function startTiming({ monotonic, now }: LookClocks): () => boolean {
  const began = { monotonicMs: monotonic(), nowMs: now() };
  return () =>
    monotonic() - began.monotonicMs <= LOOKED_AT_MOST_MS &&
    Math.abs(now() - began.nowMs) <= LOOKED_AT_MOST_MS;
}

async function limitTimes(queries: Queries): Promise<void> {
  const { replica } = await rowOf<{ replica: boolean }>(
    queries,
    sql`SELECT pg_is_in_recovery() AS replica, set_config('lock_timeout', ${WAIT_AT_MOST}, true),
               set_config('idle_in_transaction_session_timeout', ${HOLD_AT_MOST}, true), ${everyRowOrNone}`,
  );
  if (replica) throw replicaError();
}

/** @throws {RepositoryError} `DATABASE_FAILED` for a server that follows another one: answers reach it late */
export async function assertPrimary(connection: Connection): Promise<void> {
  const { replica } = await connection.run((queries) =>
    rowOf<{ replica: boolean }>(queries, sql`SELECT pg_is_in_recovery() AS replica`),
  );
  if (replica) throw replicaError();
}

const replicaError = () =>
  new RepositoryError(
    'DATABASE_FAILED',
    'The database is a read replica: an answer reaches it after it was acknowledged, and nobody who answers waits for it. Name the primary server, which takes the answers.',
  );
