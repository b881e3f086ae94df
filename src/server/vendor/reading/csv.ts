import type { DailyLine } from '../../db/vendor/index.js';
import { CSV_COLUMNS } from '../../wire/index.js';

const LINE_END = '\r\n';

/** The names of the columns. */
export const CSV_HEAD = toLine(CSV_COLUMNS);

/** As RFC 4180 says. Pure. */
export function toCsv(lines: readonly DailyLine[]): string {
  return lines.map((line) => toLine(CSV_COLUMNS.map((column) => line[column]))).join('');
}

function toLine(values: readonly (string | number | null)[]): string {
  return values.map(toCell).join(',') + LINE_END;
}

/** A spreadsheet takes a text for a formula by how it begins: an apostrophe before it says that it is none. */
function toCell(value: string | number | null): string {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n']/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
