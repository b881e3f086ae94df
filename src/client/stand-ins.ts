import type { FlagEffects } from '../flags/index.js';
import type { Ledger, UsageLog } from '../store/index.js';

/** What a client reads the time from. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds of a clock that never goes back. */
  readonly monotonicNow: () => number;
}

/** Asks at each reading, so that a test which replaces the clock of the process is heard. */
export const SYSTEM_CLOCK: Clock = { now: () => Date.now(), monotonicNow: () => performance.now() };

/** What a client has in the place of the clock, of files and of a connection. With these it writes and sends nothing. */
export interface StandIns {
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly usageLog: UsageLog;
  readonly fetchFlags: FlagEffects['fetchFlags'];
}
