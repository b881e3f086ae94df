import type { SeenProcess } from './contract.js';

/** What programs on Node.js noted of those that they started. */
export interface Notes {
  /** Whether a program has taken notes at all: it may be none on Node.js. */
  readonly areTaken: boolean;
  readonly processes: readonly SeenProcess[];
}

/** The number of a process that was over when it was noted. */
const OVER = 0;

/** @param text - a line of JSON for each; one that was cut off is left out */
export function readNotes(text: string): Notes {
  const lines = text.split('\n').flatMap(parseLine);
  return {
    areTaken: lines.length > 0,
    processes: lines.flatMap(({ pid = OVER, args }) =>
      args === undefined ? [] : [{ pid, args, isNoted: true }],
    ),
  };
}

interface Line {
  readonly pid?: number;
  readonly args?: readonly string[];
}

function parseLine(line: string): Line[] {
  try {
    return [JSON.parse(line) as Line];
  } catch {
    return [];
  }
}
