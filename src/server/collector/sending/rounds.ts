import type { Lease, SendLedger } from '../../db/collector/send-ledger.js';
import type { CountingRules } from '../../db/reports/report-repository.js';
import type { Log } from '../../observe/index.js';
import type { SendingEffects } from './effects.js';
import type { SendingMetrics } from './metrics.js';
import { type Outgoing, toDaily, toHeartbeat } from './outgoing.js';
import { tellResult } from './report-log.js';
import type { SendResult, SentDay } from './results.js';
import type { Retries } from './retries.js';
import { type DailySchedule, type DueDay, findDueDays, findEarliestMs } from './schedule/days.js';
import { type HeartbeatSchedule, isHeartbeatDue } from './schedule/heartbeats.js';
import type { SendParts } from './send-once.js';
import { sendReport } from './send-report.js';
import { noteHeartbeat, type SendingNotes } from './sender-health.js';

/** When this installation sends what. */
export type SendingSchedule = DailySchedule & HeartbeatSchedule;

export interface RoundParts {
  readonly send: SendParts;
  readonly ledger: SendLedger;
  readonly rules: CountingRules;
  readonly schedule: SendingSchedule;
  readonly retries: Retries;
  readonly notes: SendingNotes;
  readonly effects: SendingEffects;
  readonly log: Log;
  readonly metrics: SendingMetrics;
  /** Aborted when nothing more is to begin. */
  readonly halt: AbortSignal;
}

/** What is done while the lease is held: each is one look at the clock and the ledger. */
export interface Rounds {
  /** Send a heartbeat if one is due, or whatever the clock says. It is dropped when it is not accepted. */
  sendHeartbeat(lease: Lease, isWanted?: boolean): Promise<SendResult | undefined>;
  /** Send the daily reports that are due and do not wait to be tried again, up to the first that fails. Rejects with what the ledger does. */
  sendDays(lease: Lease): Promise<readonly SentDay[]>;
  /** Send one daily report. */
  sendDay(lease: Lease, day: DueDay): Promise<SendResult>;
}

export function createRounds(parts: RoundParts): Rounds {
  const { send, ledger, rules, schedule, retries, notes, effects, log, metrics, halt } = parts;
  /** For when the last heartbeat was made, and the holder that has seen it. */
  let last: { readonly fence: number; readonly atMs: number | undefined } | undefined;

  const sendAndCount = (outgoing: Outgoing, lease: Lease, dateUtc?: string) => {
    const told = { kind: outgoing.report.kind, dateUtc, retryInMs: undefined, nowMs: effects.now() };
    return sendReport(outgoing, lease, send, (result) => tellResult(result, told, { log, metrics }));
  };

  async function readLast(lease: Lease): Promise<number | undefined> {
    if (last?.fence !== lease.fence) {
      last = { fence: lease.fence, atMs: await ledger.readLastHeartbeatMs() };
      notes.lastDailyDate = await ledger.readLastAcceptedDate();
    }
    return last.atMs;
  }

  async function findDue(nowMs: number): Promise<readonly DueDay[]> {
    const noted = await ledger.readDays(findEarliestMs(nowMs, schedule));
    return findDueDays(nowMs, noted, schedule);
  }

  const rounds: Rounds = {
    async sendHeartbeat(lease, isWanted = false) {
      const lastMs = await readLast(lease);
      const nowMs = effects.now();
      if (!isWanted && !isHeartbeatDue(nowMs, lastMs, schedule)) return undefined;
      last = { fence: lease.fence, atMs: nowMs };
      const result = await sendAndCount(toHeartbeat(send.reports, rules, nowMs), lease);
      retries.noteQuiet(result);
      noteHeartbeat(notes, result, effects.now());
      const told = { kind: 'heartbeat', dateUtc: undefined, retryInMs: undefined, nowMs } as const;
      tellResult(result, told, { log, metrics });
      return result;
    },

    async sendDays(lease) {
      const nowMs = effects.now();
      const sent: SentDay[] = [];
      while (!halt.aborted && !retries.isQuiet()) {
        // Anew each time: when a revision is settled, a correction may come next.
        const due = await findDue(nowMs).catch((error: unknown) => {
          // What was sent was sent; the next look finds the rest.
          if (sent.length === 0) throw error;
          return [];
        });
        const day = due.find(
          (candidate) =>
            !retries.isWaiting(candidate.dateUtc) && !sent.some((tried) => isSame(tried, candidate)),
        );
        if (day === undefined) break;
        const result = await rounds.sendDay(lease, day);
        sent.push({ ...day, result });
        // The next ones would most likely go the same way, and each takes its time.
        if (retries.isWaiting(day.dateUtc)) break;
      }
      return sent;
    },

    async sendDay(lease, day) {
      const { dateUtc } = day;
      const outgoing = toDaily(send.reports, rules, day);
      const result = await sendAndCount(outgoing, lease, dateUtc);
      if (result.status === 'nobody_counted') await ledger.skip(lease, outgoing.report);
      if (result.status === 'accepted') notes.lastDailyDate = dateUtc;
      const retryInMs = retries.note(dateUtc, result);
      tellResult(result, { kind: 'daily', dateUtc, retryInMs, nowMs: effects.now() }, { log, metrics });
      return result;
    },
  };
  return rounds;
}

const isSame = (one: DueDay, other: DueDay) =>
  one.dateUtc === other.dateUtc && one.revision === other.revision;
