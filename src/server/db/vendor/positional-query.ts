import { type SQL, sql } from 'drizzle-orm';

/** A query that names its values as `$1`, `$2`… as this program's own are written. Pure. */
export function toSql(text: string, values: readonly unknown[]): SQL {
  const parts = text.split(/\$(\d+)/);
  // Every second part is the number of a value.
  return sql.join(
    parts.map((part, index) => (index % 2 === 0 ? sql.raw(part) : sql`${values[Number(part) - 1]}`)),
  );
}
