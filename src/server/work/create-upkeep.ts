import { Counter, Gauge } from 'prom-client';
import type { UpkeepResult } from '../db/parts/index.js';
import { errorCodeOf } from './error-code.js';
import { repeat } from './repeat.js';
import type { Worker, WorkerOptions } from './worker.js';

export interface UpkeepOptions extends WorkerOptions {
  /** What is kept in order: lines, figures and the part of `GET /ready` are called after it. */
  readonly subject: 'events' | 'reports';
  /** One round. @param nowMs - Unix time in milliseconds */
  readonly run: (nowMs: number) => Promise<UpkeepResult>;
}

const EVERY_MS = 3_600_000;
const AGAIN_AFTER_MS = 60_000;

/**
 * Make the parts of tables ahead, and forget what is old: at the start, then every hour, and a minute after a round that failed. Any number
 * of processes may.
 */
export function createUpkeep(options: UpkeepOptions): Worker {
  const { subject, run, log, pause, random, nowMs } = options;
  const meters = createMeters(options);
  let isFailing = false;
  let lastKeptAtMs: number | undefined;

  const keepUp = async () => {
    const { partsMade, partsDropped, rowsDeleted } = await run(nowMs());
    if (partsMade + partsDropped + rowsDeleted > 0)
      log.info(`${subject}_kept_up`, {
        parts_made: partsMade,
        parts_dropped: partsDropped,
        rows_deleted: rowsDeleted,
      });
    lastKeptAtMs = nowMs();
    meters.lastKept.set(lastKeptAtMs / 1_000);
  };
  const round = async () => {
    try {
      await keepUp();
      isFailing = false;
    } catch (error) {
      log.warn(`${subject}_upkeep_failed`, { code: errorCodeOf(error) });
      isFailing = true;
    }
    meters.rounds.inc({ outcome: isFailing ? 'failed' : 'done' });
    // Not all processes at once.
    return (isFailing ? AGAIN_AFTER_MS : EVERY_MS) * (0.9 + random() / 5);
  };
  const read = async () => ({
    status: isFailing ? ('degraded' as const) : ('ok' as const),
    details: { last_upkeep_at: lastKeptAtMs === undefined ? null : new Date(lastKeptAtMs).toISOString() },
  });
  return { health: { name: subject, read }, ...repeat(round, pause) };
}

/** Each subject has figures of its own: a process with several shows them one after the other. */
function createMeters({ subject, metrics }: Pick<UpkeepOptions, 'subject' | 'metrics'>) {
  const registers = [metrics];
  return {
    rounds: new Counter({
      name: `sotto_${subject}_upkeep_total`,
      help: `Rounds of upkeep of the stored ${subject}, by how they ended.`,
      labelNames: ['outcome'],
      registers,
    }),
    lastKept: new Gauge({
      name: `sotto_${subject}_last_upkeep_timestamp_seconds`,
      help: `When the tables of ${subject} were last seen to be in order.`,
      registers,
    }),
  };
}
