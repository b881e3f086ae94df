import { randomId } from '../../../internal/index.js';
import type { SendLedger } from '../../db/collector/send-ledger.js';
import type { CountingRules } from '../../db/reports/report-repository.js';
import type { HealthPart, Log } from '../../observe/index.js';
import { atMost } from '../../work/index.js';
import type { LicenseKeeper } from '../license/license-keeper.js';
import type { VendorClient } from '../vendor-client.js';
import { type Chance, correctDay } from './correct-day.js';
import type { SendingEffects } from './effects.js';
import { createLeaseHolder } from './lease-holder.js';
import type { SendingMetrics } from './metrics.js';
import type { ReportSource } from './outgoing.js';
import type { CorrectionResult, OnceResult } from './results.js';
import { createRetries } from './retries.js';
import { createRounds, type Rounds, type SendingSchedule } from './rounds.js';
import { nextDailyRunMs, nextDueMs } from './schedule/days.js';
import { nextBeatMs } from './schedule/heartbeats.js';
import type { SendParts } from './send-once.js';
import { createSenderHealth, createSendingNotes } from './sender-health.js';

export interface SenderOptions {
  readonly reports: ReportSource;
  readonly ledger: SendLedger;
  readonly license: LicenseKeeper;
  readonly client: VendorClient;
  readonly rules: CountingRules;
  readonly heartbeatIntervalSeconds: number;
  /** 0 to 23. */
  readonly analyticsHourUtc: number;
  readonly log: Log;
  readonly metrics: SendingMetrics;
  readonly effects: SendingEffects;
}

/** Sends reports when they are due. */
export interface Sender {
  readonly health: HealthPart;
  /** Work until it is stopped. Called once. */
  start(): void;
  /** Begin nothing more. What is under way has 5 seconds, then it is given up; the lease is given back. May be called twice. */
  stop(): Promise<void>;
  /** Ask for the licence, send one heartbeat and the daily reports that are due, and give the lease back. Rejects with what the ledger does. */
  runOnce(): Promise<OnceResult>;
  /**
   * Send the report of a day once more, as its next revision.
   *
   * @param dateUtc - as in `2026-01-11`
   * @throws {TelemetryError} `OPTION_INVALID` if it is no day, or not over; and what the ledger throws
   */
  correct(dateUtc: string): Promise<CorrectionResult>;
}

/** The clock and the ledger are looked at this often, so that it does not matter if the clock is set or the machine sleeps. */
const LOOK_MS = 20_000;

/** For what is under way when the process is to end, and for what has to be noted of it. Together below 5 seconds. */
const FINISH_MS = 3_000;
const NOTE_MS = 1_000;

export function createSender(options: SenderOptions): Sender {
  const { ledger, license, log, metrics, effects } = options;
  const notes = createSendingNotes();
  const retries = createRetries(effects);
  const leaseHolder = createLeaseHolder(ledger, randomId(), { log, metrics, monotonic: effects.monotonic });
  const halt = new AbortController();
  const giveUp = new AbortController();
  let hasStarted = false;
  let ending: Promise<void> | undefined;
  let made: { readonly rounds: Rounds; readonly schedule: SendingSchedule } | undefined;

  const send: SendParts = {
    ...options,
    leaseHolder,
    now: effects.now,
    monotonic: effects.monotonic,
    signal: giveUp.signal,
    onBuilt: (kind, seconds) => metrics.buildDuration.observe({ kind }, seconds),
    onUnnoted: (kind) => log.warn('report_end_not_noted', { kind }),
  };

  /** One thing at a time: a report that is corrected by hand is not sent by the schedule meanwhile. */
  let turn: Promise<unknown> = Promise.resolve();
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work);
    turn = mine.catch(() => {});
    return mine;
  }

  async function prepare() {
    // Set back to before the first start, the clock was ahead then.
    if (made !== undefined && made.schedule.firstStartedAtMs <= effects.now()) return made;
    const installation = await ledger.register(effects.now());
    const schedule: SendingSchedule = {
      ...installation,
      analyticsHourUtc: options.analyticsHourUtc,
      intervalMs: options.heartbeatIntervalSeconds * 1_000,
    };
    const { rules } = options;
    const parts = { send, ledger, rules, schedule, retries, notes, effects, log, metrics };
    made = { schedule, rounds: createRounds({ ...parts, halt: halt.signal }) };
    return made;
  }

  /** Whether reports may be sent, by this process, now. The licence is asked for also by one that waits for its turn. */
  async function findChance(): Promise<Chance> {
    const { state } = await license.read();
    const lease = await leaseHolder.keep();
    notes.isLeaseHeld = lease !== undefined;
    const mayUse = state === 'valid' && !retries.isQuiet() && !halt.signal.aborted;
    return { license: state, isSender: lease !== undefined, lease: mayUse ? lease : undefined };
  }

  async function look(): Promise<void> {
    const { rounds } = await prepare();
    const { lease } = await findChance();
    if (lease === undefined) return;
    await rounds.sendHeartbeat(lease);
    const days = halt.signal.aborted ? [] : await rounds.sendDays(lease);
    if (days.some(({ result }) => result.status === 'accepted')) logSchedule();
  }

  async function lookAndNote(): Promise<void> {
    try {
      await look();
      notes.isLedgerAway = false;
    } catch {
      if (!notes.isLedgerAway) log.warn('ledger_unavailable');
      notes.isLedgerAway = true;
    }
  }

  async function run(): Promise<void> {
    const { state, customerName } = await license.read();
    if (halt.signal.aborted) return;
    if (state === 'valid') log.info('license_validated_startup', { customer: customerName });
    log.info('telemetry_collector_started');
    logSchedule();
    while (!halt.signal.aborted) {
      await inTurn(lookAndNote);
      if (!halt.signal.aborted) await effects.sleep(untilNextLookMs(), halt.signal);
    }
  }

  function untilNextLookMs(): number {
    const nowMs = effects.now();
    const plannedMs =
      made === undefined ? [] : [nextBeatMs(nowMs, made.schedule), nextDueMs(nowMs, made.schedule)];
    return Math.min(LOOK_MS, ...plannedMs.map((timeMs) => timeMs - nowMs));
  }

  function logSchedule(): void {
    const nextRun = new Date(nextDailyRunMs(effects.now(), options)).toISOString();
    log.info('analytics_scheduled', { next_run: nextRun.replace('.000Z', '+00:00') });
  }

  /** What somebody asks for. Where nothing works by itself, the lease is given back after it. */
  function byHand<T>(work: (rounds: Rounds) => Promise<T>): Promise<T> {
    return inTurn(async () => {
      const { rounds } = await prepare();
      try {
        return await work(rounds);
      } finally {
        if (!hasStarted) await leaseHolder.release();
      }
    });
  }

  let running: Promise<void> = Promise.resolve();

  async function end(): Promise<void> {
    halt.abort();
    const work = Promise.all([running, turn]);
    await atMost(FINISH_MS, work, effects.sleep);
    giveUp.abort();
    const released = work.then(() => leaseHolder.release());
    await atMost(NOTE_MS, released, effects.sleep);
    notes.isLeaseHeld = false;
  }

  return {
    health: createSenderHealth(notes),
    start() {
      hasStarted = true;
      running = run();
    },
    stop() {
      ending ??= end();
      return ending;
    },
    runOnce: () =>
      byHand(async (rounds) => {
        const { lease, ...found } = await findChance();
        if (lease === undefined) return { ...found, heartbeat: undefined, days: [] };
        const heartbeat = await rounds.sendHeartbeat(lease, true);
        return { ...found, heartbeat, days: await rounds.sendDays(lease) };
      }),
    correct: (dateUtc) =>
      byHand((rounds) => correctDay(dateUtc, { ledger, findChance, rounds, nowMs: effects.now() })),
  };
}
