import type { SanitizedEvent } from '../../privacy/index.js';
import type { Ledger } from '../../store/index.js';

/** A ledger that tells of what is recorded, and has no files: nobody sends what stands in it. */
export function createMemoryLedger(onRecord: (event: SanitizedEvent) => void): Ledger {
  return {
    leaving: 0,
    record: onRecord,
    // Nothing leaves from here.
    keep: () => false,
    noteFlagsRequest: () => true,
    flush: () => true,
    settle: nothing,
    leave: nothing,
    discard: nothing,
    close: nothing,
    abandon: nothing,
  };
}

function nothing(): void {}
