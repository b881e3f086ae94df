import { toPrintable } from './plain-text.js';

const GAP = '  ';

/** Rows in aligned columns: numbers to the right, and texts to the left. The last column may be as wide as it is. */
export function formatTable(rows: readonly (readonly (string | number)[])[]): string {
  const widths: number[] = [];
  for (const row of rows)
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, toText(cell).length);
  return rows.map((row) => toLine(row, widths)).join('\n');
}

function toLine(row: readonly (string | number)[], widths: readonly number[]): string {
  const cells = row.map((cell, at) =>
    typeof cell === 'number' ? toText(cell).padStart(widths[at] ?? 0) : toText(cell).padEnd(widths[at] ?? 0),
  );
  return (GAP + cells.join(GAP)).trimEnd();
}

const toText = (cell: string | number) => toPrintable(String(cell));
