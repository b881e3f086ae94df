import type { InTurn } from './in-turn.js';

/** So few that whoever writes meanwhile does not wait long. */
const DELETED_AT_ONCE = 10_000;

/**
 * Delete rows in steps, each of them a turn.
 *
 * @param table - of `sotto_vendor`
 * @param condition - SQL that says which rows go; holds nothing that came from outside
 * @returns how many there were
 */
export async function deleteOld(inTurn: InTurn, table: string, condition: string): Promise<number> {
  let deleted = 0;
  let last: number;
  do {
    last = await deleteSome(inTurn, `sotto_vendor.${table}`, condition);
    deleted += last;
  } while (last === DELETED_AT_ONCE);
  return deleted;
}

async function deleteSome(inTurn: InTurn, table: string, condition: string): Promise<number> {
  let deleted = 0;
  await inTurn(async (runScript) => {
    const [row] = await runScript(`
      WITH gone AS (
        DELETE FROM ${table} WHERE ${condition}
          AND (tableoid, ctid) IN (SELECT tableoid, ctid FROM ${table} WHERE ${condition} LIMIT ${DELETED_AT_ONCE})
        RETURNING 1
      )
      SELECT count(*)::integer AS deleted FROM gone`);
    deleted = Number(row?.deleted ?? 0);
  });
  return deleted;
}
