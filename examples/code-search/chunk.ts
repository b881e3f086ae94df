/** Shows how a file is cut into pieces that are worth showing on their own. */

export interface LineRange {
  /** Index of the first line, from 0. */
  readonly start: number;
  /** Index after the last line. */
  readonly end: number;
}

const FEWEST_LINES = 20;
const MOST_LINES = 60;

/**
 * Cut lines into consecutive ranges of at most 60 that cover all of them. A range ends, if it can after its 20th line,
 * at the last blank line before something unindented, else at the last blank line, else at its 60th line.
 */
export function chunkLines(lines: readonly string[]): LineRange[] {
  const ranges: LineRange[] = [];
  for (let start = 0; start < lines.length; ) {
    const end = start + lengthOfFirstChunk(lines.slice(start, start + MOST_LINES + 1));
    ranges.push({ start, end });
    start = end;
  }
  return ranges;
}

function lengthOfFirstChunk(lines: readonly string[]): number {
  if (lines.length <= MOST_LINES) return lines.length;
  let lastBlank = MOST_LINES;
  for (let length = MOST_LINES; length > FEWEST_LINES; length -= 1) {
    if (!isBlank(lines[length - 1])) continue;
    if (/^\S/.test(lines[length] ?? '')) return length;
    if (lastBlank === MOST_LINES) lastBlank = length;
  }
  return lastBlank;
}

const isBlank = (line: string | undefined): boolean => line === undefined || line.trim() === '';
