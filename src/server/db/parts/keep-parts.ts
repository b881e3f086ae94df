import type { RunScript } from '../connection.js';
import { deleteOld } from './delete-old.js';
import type { InTurn } from './in-turn.js';
import { type Month, parseMonth, startOf } from './month.js';
import { otherOf, type PartedTable, partOf, toPart, wholeOf } from './parted-table.js';
import { type KeptRange, keptRange, type PartsOptions, type PartsPlan, planParts } from './plan-parts.js';
import type { UpkeepResult } from './upkeep-result.js';

/** Make the parts that are wanted, drop those that are old, and delete what else is older than is kept. */
export async function keepParts(
  inTurn: InTurn,
  table: PartedTable,
  options: PartsOptions,
): Promise<UpkeepResult> {
  const kept = keptRange(options);
  const plan = await makeParts(inTurn, table, kept);
  for (const month of plan.drop) await dropPart(inTurn, table, month);
  const rowsDeleted = await deleteOld(inTurn, table.name, `${table.column} < '${kept.keptSince}'`);
  return { partsMade: plan.make.length, partsDropped: plan.drop.length, rowsDeleted };
}

async function makeParts(inTurn: InTurn, table: PartedTable, kept: KeptRange): Promise<PartsPlan> {
  let plan: PartsPlan = { make: [], drop: [] };
  await inTurn(async (runScript) => {
    plan = planParts(kept, table.monthsBehind, {
      existing: await readParts(runScript, table),
      waiting: await readWaiting(runScript, table, kept),
    });
    if (plan.make.length > 0) await runScript(waitingForWriters(table));
    for (const month of plan.make) await runScript(toPart(table, month));
  });
  return plan;
}

async function readParts(runScript: RunScript, table: PartedTable): Promise<readonly Month[]> {
  const rows = await runScript(`
    SELECT replace(substr(relname, length('${table.name}_') + 1), '_', '-') AS month
    FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid WHERE inhparent = '${wholeOf(table)}'::regclass`);
  return toMonths(rows);
}

async function readWaiting(
  runScript: RunScript,
  table: PartedTable,
  { keptSince, lastMonth }: KeptRange,
): Promise<readonly Month[]> {
  const { column } = table;
  return toMonths(
    await runScript(`
      SELECT DISTINCT to_char(${column}, 'YYYY-MM') AS month FROM ${otherOf(table)}
      WHERE ${column} >= '${keptSince}' AND ${column} < '${startOf(lastMonth + 1)}'`),
  );
}

function toMonths(rows: readonly Record<string, unknown>[]): readonly Month[] {
  return rows.map(({ month }) => parseMonth(String(month))).filter((month) => month !== undefined);
}

/** Who has already decided that a row belongs to no part would be refused once there is one. Reading goes on. */
const waitingForWriters = (table: PartedTable) =>
  `LOCK TABLE ONLY ${wholeOf(table)} IN SHARE ROW EXCLUSIVE MODE`;

function dropPart(inTurn: InTurn, table: PartedTable, month: Month): Promise<void> {
  const part = partOf(table, month);
  return inTurn(async (runScript) => {
    const [found] = await runScript(`SELECT to_regclass('${part}') IS NOT NULL AS present`);
    // Somebody else was first, and rows of that month may have come into the part for others since.
    if (found?.present !== true) return;
    await runScript(`DROP TABLE ${part}; ${table.forgetMonth?.(month) ?? ''}`);
  });
}
