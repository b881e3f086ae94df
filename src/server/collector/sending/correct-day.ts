import { TelemetryError } from '../../../internal/index.js';
import type { Lease, SendLedger } from '../../db/collector/send-ledger.js';
import { isTooOldForVendor, MAX_DAILY_AGE_DAYS } from '../../wire/index.js';
import { utcDayOf } from '../../wire/reports/index.js';
import type { LicenseState } from '../license/license-keeper.js';
import type { CorrectionResult, SendResult } from './results.js';
import type { Rounds } from './rounds.js';

/** Whether a process may send now. */
export interface Chance {
  readonly license: LicenseState;
  /** Whether it has the lease. */
  readonly isSender: boolean;
  /** Undefined while nothing may be sent by it. */
  readonly lease: Lease | undefined;
}

/** Ask for a day's report to be sent once more, and send it if this process may. */
export async function correctDay(
  dateUtc: string,
  {
    ledger,
    findChance,
    rounds,
    nowMs,
  }: {
    readonly ledger: Pick<SendLedger, 'requestCorrection' | 'readDays'>;
    readonly findChance: () => Promise<Chance>;
    readonly rounds: Pick<Rounds, 'sendDay'>;
    readonly nowMs: number;
  },
): Promise<CorrectionResult> {
  const { fromMs, untilMs } = utcDayOf(dateUtc);
  if (untilMs > nowMs) {
    throw new TelemetryError(
      'OPTION_INVALID',
      'The date must be of a day that is over: today has no report yet.',
    );
  }
  if (isTooOldForVendor(fromMs, nowMs)) {
    throw new TelemetryError(
      'OPTION_INVALID',
      `The date must be of the last ${MAX_DAILY_AGE_DAYS} days that are over: the vendor takes no older report.`,
    );
  }
  const { revision } = await ledger.requestCorrection(fromMs);
  const { lease } = await findChance();
  if (lease === undefined) return { status: 'requested', dateUtc, revision };
  const result = await sendUpTo(revision, { dateUtc, fromMs, lease, ledger, rounds });
  return { status: 'tried', dateUtc, revision, result };
}

/** Send what is open of a day, in order: what the vendor may have is settled before it is corrected. */
async function sendUpTo(
  revision: number,
  {
    dateUtc,
    fromMs,
    lease,
    ledger,
    rounds,
  }: {
    readonly dateUtc: string;
    readonly fromMs: number;
    readonly lease: Lease;
    readonly ledger: Pick<SendLedger, 'readDays'>;
    readonly rounds: Pick<Rounds, 'sendDay'>;
  },
): Promise<SendResult> {
  let sent = 0;
  for (;;) {
    const noted = await ledger.readDays(fromMs);
    const next = noted.find((day) => day.dateUtc === dateUtc)?.revision ?? revision;
    const result = await rounds.sendDay(lease, { dateUtc, revision: next });
    const isSettled = result.status === 'accepted' || result.status === 'nobody_counted';
    // One whose end could not be noted is open still, and for later.
    if (!isSettled || next >= revision || next === sent) return result;
    sent = next;
  }
}
