/** What a column of a row that is copied in may hold. */
export type CopyValue = string | number;

/** Rows in the text format of PostgreSQL's `COPY`: columns between tabs, a line for each row. No value may hold U+0000. */
export function toCopyText(rows: readonly (readonly CopyValue[])[]): string {
  return rows.map(toLine).join('');
}

function toLine(row: readonly CopyValue[]): string {
  let line = '';
  for (const value of row) line += `${line === '' ? '' : '\t'}${toField(value)}`;
  return `${line}\n`;
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function toField(value: CopyValue): CopyValue {
  return typeof value === 'number' ? value : value.replace(/[\\\t\n\r]/g, (found) => ESCAPES[found] ?? '');
}
