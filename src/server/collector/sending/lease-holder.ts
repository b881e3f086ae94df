import type { Lease, SendLedger } from '../../db/collector/send-ledger.js';
import type { Log } from '../../observe/index.js';
import type { SendingMetrics } from './metrics.js';

/** The lease as this process has it. */
export interface LeaseHolder {
  /** Take it, or keep it for another while. Rejects with what the ledger does. @returns undefined while another process has it */
  keep(): Promise<Lease | undefined>;
  /** Whether it is this process's for certain, without asking anybody. */
  isHeld(lease: Lease): boolean;
  /** Give it back, so that another process need not wait for its end. Never rejects. */
  release(): Promise<void>;
}

/** How long it lasts when nobody keeps it. A process that was killed is replaced after it. */
export const LEASE_DURATION_MS = 60_000;

/**
 * @param holder - a UUID of this process
 * @param monotonic - milliseconds of a clock that nobody sets
 */
export function createLeaseHolder(
  ledger: Pick<SendLedger, 'takeLease' | 'releaseLease'>,
  holder: string,
  { log, metrics, monotonic }: { log: Log; metrics: SendingMetrics; monotonic: () => number },
): LeaseHolder {
  let held: Lease | undefined;
  let heldUntilMs = 0;

  const note = (taken: Lease | undefined) => {
    if (taken?.fence === held?.fence) return;
    if (held !== undefined) log.warn('lease_lost', { fence: held.fence });
    if (taken !== undefined) log.info('lease_taken', { fence: taken.fence });
    held = taken;
    metrics.leaseHeld.set(taken === undefined ? 0 : 1);
  };

  return {
    async keep() {
      // From before the question: the database's clock began later.
      const askedMs = monotonic();
      const taken = await ledger.takeLease(holder, LEASE_DURATION_MS);
      heldUntilMs = askedMs + LEASE_DURATION_MS;
      note(taken);
      return taken;
    },
    isHeld: (lease) => lease.fence === held?.fence && monotonic() < heldUntilMs,
    async release() {
      const released = held;
      if (released === undefined) return;
      held = undefined;
      metrics.leaseHeld.set(0);
      // It runs out by itself where the database is away.
      await ledger.releaseLease(released).catch(() => {});
    },
  };
}
