/** Two texts beside each other, each in a column of the terminal; below each other where it is too narrow for that. */
export function besideEachOther(left: Column, right: Column, width: number): string {
  if (width < 90) return [heading(left), left.text, '', heading(right), right.text].join('\n');
  const columnWidth = Math.floor((width - 3) / 2);
  const leftLines = [heading(left), ...wrap(left.text, columnWidth)];
  const rightLines = [heading(right), ...wrap(right.text, columnWidth)];
  const height = Math.max(leftLines.length, rightLines.length);
  return Array.from({ length: height }, (_, row) =>
    `${(leftLines[row] ?? '').padEnd(columnWidth)} │ ${rightLines[row] ?? ''}`.trimEnd(),
  ).join('\n');
}

export interface Column {
  readonly title: string;
  readonly text: string;
}

const heading = ({ title }: Column) => title.toUpperCase();

/** Cut each line into pieces of the column's width; the pieces after the first are indented. */
function wrap(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => {
    const pieces = [line.slice(0, width)];
    for (let start = width; start < line.length; start += width - 4) {
      pieces.push(`    ${line.slice(start, start + width - 4)}`);
    }
    return pieces;
  });
}
