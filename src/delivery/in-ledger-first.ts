import type { Ledger } from '../store/index.js';
import type { Sink } from './sink.js';

/** A sink that sends nothing before it stands in the ledger: nothing leaves that its user could not look up afterwards. */
export function inLedgerFirst(sink: Sink, ledger: Ledger): Sink {
  return {
    send: async (batch, upcoming) => (ledger.keep(batch) ? sink.send(batch, upcoming) : { status: 'retry' }),
    abort: () => sink.abort(),
  };
}
