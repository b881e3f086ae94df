import { LEASE_MS, type Lease } from '../../store/index.js';

/** A request may take longer than the lease lasts. */
const RENEW_EVERY_MS = LEASE_MS / 3;

/**
 * Do something that only the holder of the lease may do. It is kept meanwhile, and given up at the end.
 *
 * @param signal - ends the work. The lease is given up before `abort()` returns, so that somebody else can go on at once
 * @param work - is given a signal of its own, which also ends it when somebody else has the lease
 * @throws what the work throws
 */
export async function whileHeld(
  lease: Lease,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const ending = new AbortController();
  const end = () => {
    ending.abort();
    lease.release();
  };
  const renewal = setInterval(() => {
    if (!lease.renew()) end();
  }, RENEW_EVERY_MS).unref();
  signal.addEventListener('abort', end);
  try {
    await work(ending.signal);
  } finally {
    clearInterval(renewal);
    // The signal may be one of a long life.
    signal.removeEventListener('abort', end);
    lease.release();
  }
}
