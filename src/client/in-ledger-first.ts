import type { Sink } from '../delivery/index.js';
import type { Ledger } from '../store/index.js';

/**
 * A sink that sends nothing before it stands in the ledger, and notes there what a server accepted: nothing leaves that its
 * user could not look up afterwards.
 */
export function inLedgerFirst(sink: Sink, ledger: Ledger): Sink {
  return {
    async send(batch) {
      if (!ledger.keep(batch)) return { status: 'retry' };
      const result = await sink.send(batch);
      if (result.status === 'accepted') {
        ledger.sent(batch);
        // At once: a program may end as soon as it hears that all is sent.
        ledger.flush();
      }
      return result;
    },
    abort: () => sink.abort(),
  };
}
