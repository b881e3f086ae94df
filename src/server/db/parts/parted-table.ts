import { type Month, spellMonth, startOf } from './month.js';

/** A table of `sotto_vendor` in monthly parts, as `heartbeats_2026_11`. What belongs to no part that was made stands in `heartbeats_other`. */
export interface PartedTable {
  readonly name: string;
  /** The column that the parts are made by: a `timestamptz` or a `date`. */
  readonly column: string;
  /** How many months before this one have a part, whether something waits for it or not. */
  readonly monthsBehind: number;
  /** The script that forgets what else there is of a month, with its part. */
  readonly forgetMonth?: (month: Month) => string;
}

export const wholeOf = ({ name }: PartedTable): string => `sotto_vendor.${name}`;

export const otherOf = ({ name }: PartedTable): string => `sotto_vendor.${name}_other`;

export const partOf = ({ name }: PartedTable, month: Month): string =>
  `sotto_vendor.${name}_${spellMonth(month).replace('-', '_')}`;

/**
 * The script that makes a part. That cannot be done while rows of its month stand in the part for others: so they move into a table of their
 * own, which then becomes the part. No trigger looks at either table.
 */
export function toPart(table: PartedTable, month: Month): string {
  const [whole, part] = [wholeOf(table), partOf(table, month)];
  const [from, until] = [startOf(month), startOf(month + 1)];
  return `
    CREATE TABLE ${part} (LIKE ${whole} INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES);
    WITH moved AS (
      DELETE FROM ${otherOf(table)} WHERE ${table.column} >= '${from}' AND ${table.column} < '${until}' RETURNING *
    )
    INSERT INTO ${part} SELECT * FROM moved;
    ALTER TABLE ${whole} ATTACH PARTITION ${part} FOR VALUES FROM ('${from}') TO ('${until}');`;
}
