/**
 * Any number, as long as it stays the same: of all that add events at the same time, or change the parts they stand in, one does. A
 * position that is committed after a higher one would otherwise be skipped by whoever reads pages meanwhile.
 */
const LOCK_KEY = 7_311_002;

/** Held until the end of the transaction. */
export const LOCK_WRITING = `select pg_advisory_xact_lock(${LOCK_KEY})`;
