import type { Connection, RunScript } from '../connection.js';

/** Do something in a transaction of its own, in UTC, while nobody else of the same lock does anything. */
export type InTurn = (work: (runScript: RunScript) => Promise<unknown>) => Promise<void>;

/**
 * Who reads for a long time holds up the making and dropping of parts, and who waits for that holds up everybody: so it waits shortly, and the
 * next call tries again.
 */
const WAIT_SHORTLY = `SET LOCAL lock_timeout = '2s'`;

/** @param lock - the statement that takes the lock, until the end of the transaction */
export function createTurns(connection: Connection, lock: string): InTurn {
  return (work) =>
    connection.migrate(async (runScript) => {
      await runScript(`SET LOCAL TIME ZONE 'UTC'; ${lock}; ${WAIT_SHORTLY}`);
      await work(runScript);
    });
}
