import { AREAS, type Area } from './areas.js';
import { READ_COLUMNS } from './reports/what-is-read.js';

/**
 * What the owner of a database runs, once the tables are there, for the role that a collector connects as: it may read the columns that
 * reports come from, and which steps are applied; it may write what was sent, and nothing else. Pure.
 *
 * @param role - its name, as it is; it has to exist
 * @param areas - those of this database; both unless given. Their steps have to be applied, and may only be applied by their owner
 * @returns SQL statements, for each area in one schema: that of the connection for the product's tables
 */
export function grantStatements(
  role: string,
  areas: readonly Extract<Area, 'product' | 'collector'>[] = ['product', 'collector'],
): readonly string[] {
  const grantee = toIdentifier(role);
  return areas.flatMap((area) => (area === 'product' ? toRead(grantee) : toKeep(grantee)));
}

function toRead(grantee: string): string[] {
  return [
    ...Object.entries(READ_COLUMNS).map(
      ([table, columns]) => `GRANT SELECT (${columns.join(', ')}) ON ${table} TO ${grantee}`,
    ),
    `GRANT SELECT ON ${AREAS.product.noted} TO ${grantee}`,
  ];
}

/** Without the right to make or to change a table. What the steps were is only read. */
function toKeep(grantee: string): string[] {
  const { schema, noted } = AREAS.collector;
  return [
    `GRANT USAGE ON SCHEMA ${schema} TO ${grantee}`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${grantee}`,
    `GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${schema} TO ${grantee}`,
    `REVOKE INSERT, UPDATE, DELETE ON ${noted} FROM ${grantee}`,
  ];
}

const toIdentifier = (name: string) => `"${name.replaceAll('"', '""')}"`;
