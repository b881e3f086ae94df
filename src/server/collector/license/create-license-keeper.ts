import type { Log } from '../../observe/index.js';
import { type LicenseAnswer, VENDOR_PATHS } from '../../wire/index.js';
import type { VendorClient } from '../vendor-client.js';
import type { License, LicenseKeeper, LicenseState } from './license-keeper.js';
import { type LicenseVerdict, toLicenseVerdict } from './license-verdict.js';
import { pauseMs } from './pause-ms.js';

export interface LicenseKeeperOptions {
  readonly client: VendorClient;
  /** For so long, what the vendor said is not asked again. */
  readonly ttlMs: number;
  /** For so long after that, a valid licence counts on while the vendor does not answer. */
  readonly graceMs: number;
  /** Milliseconds of a clock that nobody sets, such as `performance.now`. */
  readonly now: () => number;
  readonly log?: Pick<Log, 'info' | 'warn'>;
  /** Gives up the question that is under way, and has none asked after it; never unless given. */
  readonly signal?: AbortSignal;
  /** Told what came of each question to the vendor. */
  readonly onChecked?: (status: LicenseVerdict['status']) => void;
}

/** What the vendor said last. */
interface Said {
  readonly state: 'valid' | 'invalid';
  readonly answer: LicenseAnswer | undefined;
  readonly atMs: number;
}

/** Questions that were not answered, since the last one that was. */
interface Silence {
  readonly failures: number;
  readonly sinceMs: number;
  readonly pauseMs: number;
}

const NO_ANSWER = 'The vendor service does not answer: this is what it said last.';
const NOTHING_KNOWN =
  'The vendor service has not answered: nothing is known of the licence, and nothing is sent.';

/** Asks nobody before it is read. */
export function createLicenseKeeper(options: LicenseKeeperOptions): LicenseKeeper {
  const { client, ttlMs, graceMs, now, log, signal, onChecked = () => {} } = options;
  let said: Said | undefined;
  let silence: Silence | undefined;
  let asking: Promise<License> | undefined;
  let toldState: LicenseState = 'unknown';

  function isWithin(sinceMs: number, durationMs: number): boolean {
    const passedMs = now() - sinceMs;
    // A clock that is set back all the same ends what is kept, lest it be kept for ever.
    return passedMs >= 0 && passedMs < durationMs;
  }

  function tell(isCached: boolean): License {
    const counts = said?.state === 'invalid' || (said && isWithin(said.atMs, ttlMs + graceMs));
    if (!said || !counts) return toLicense('unknown', undefined, silence ? [NOTHING_KNOWN] : [], false);
    return toLicense(said.state, said.answer, silence ? [NO_ANSWER] : [], isCached);
  }

  async function ask(): Promise<License> {
    const askedAtMs = now();
    const question = { path: VENDOR_PATHS.validateLicense, body: '{}', ...(signal && { signal }) };
    const outcome = await client.post(question);
    // That nobody waited for the answer says nothing about the vendor.
    if (signal?.aborted && outcome.status !== 'answered') return tell(true);
    const verdict = toLicenseVerdict(outcome);
    onChecked(verdict.status);
    if (verdict.status === 'unanswered') noteSilence(verdict);
    else noteAnswer({ state: verdict.status, answer: verdict.answer, atMs: askedAtMs });
    noteState();
    return tell(silence !== undefined);
  }

  function noteAnswer(answer: Said): void {
    said = answer;
    silence = undefined;
  }

  function noteSilence({
    reason,
    httpStatus,
    retryAfterMs,
  }: LicenseVerdict & { status: 'unanswered' }): void {
    const failures = (silence?.failures ?? 0) + 1;
    silence = { failures, sinceMs: now(), pauseMs: pauseMs(failures, retryAfterMs) };
    log?.warn('license_check_failed', {
      reason,
      http_status: httpStatus,
      retry_in_seconds: Math.ceil(silence.pauseMs / 1_000),
    });
  }

  function noteState(): void {
    const { state } = tell(true);
    if (state !== toldState) log?.info('license_state_changed', { state });
    toldState = state;
  }

  const keeper: LicenseKeeper = {
    async read() {
      const isFresh = said !== undefined && isWithin(said.atMs, ttlMs);
      const isPause = silence !== undefined && isWithin(silence.sinceMs, silence.pauseMs);
      return isFresh || isPause ? tell(true) : keeper.refresh();
    },
    refresh() {
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      return asking;
    },
    peek: () => tell(true),
    markInvalid() {
      noteAnswer({ state: 'invalid', answer: undefined, atMs: now() });
      noteState();
    },
  };
  return keeper;
}

function toLicense(
  state: LicenseState,
  answer: LicenseAnswer | undefined,
  warnings: readonly string[],
  isCached: boolean,
): License {
  return {
    state,
    customerId: answer?.customer_id,
    customerName: answer?.customer_name,
    entitlements: answer?.entitlements,
    expiresAt: answer?.expires_at ?? null,
    warnings: [...(answer?.warnings ?? []), ...warnings],
    isCached,
  };
}
