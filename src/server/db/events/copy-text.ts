/** What a column of a row that is copied in may hold. */
export type CopyValue = string | number;

/** Rows in the text format of PostgreSQL's `COPY`: columns between tabs, a line for each row. No value may hold U+0000. */
export function toCopyText(rows: readonly (readonly CopyValue[])[]): string {
  return rows.map((row) => `${row.map(toField).join('\t')}\n`).join('');
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function toField(value: CopyValue): string {
  return typeof value === 'number'
    ? String(value)
    : value.replace(/[\\\t\n\r]/g, (found) => ESCAPES[found] ?? '');
}
