import { foldName } from './fold-name.js';

/**
 * The name that was probably meant, or `undefined` when nothing is close.
 *
 * Case, `_`, `-` and a leading path do not count (`batch_size` finds `delivery.batchSize`); beyond that one edit
 * is allowed per three characters. Of equally near names the first in `known` is returned.
 */
export function findNearName(name: string, known: readonly string[]): string | undefined {
  const wanted = fold(name);
  let nearest: string | undefined;
  let leastEdits = Math.floor(wanted.length / 3) + 1;
  for (const candidate of known) {
    const folded = fold(candidate);
    // Names that differ this much in length cannot be near, and a comparison takes their product in time.
    if (Math.abs(folded.length - wanted.length) >= leastEdits) continue;
    const edits = editDistance(wanted, folded);
    if (edits < leastEdits) [nearest, leastEdits] = [candidate, edits];
  }
  return nearest;
}

const fold = (name: string) => foldName(name.slice(name.lastIndexOf('.') + 1));

/** Insertions, deletions, replacements and swaps of neighbours that turn one text into the other. */
function editDistance(from: string, to: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const replaced = previous[column - 1]! + (from[row - 1] === to[column - 1] ? 0 : 1);
      const isSwap = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      const swapped = isSwap ? beforePrevious[column - 2]! + 1 : Infinity;
      current[column] = Math.min(replaced, previous[column]! + 1, current[column - 1]! + 1, swapped);
    }
    [beforePrevious, previous] = [previous, current];
  }
  return previous[to.length]!;
}
