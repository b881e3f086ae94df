/** Shows how a chunk that matches is narrowed to the one line worth printing. */
import { definedName, isComment } from './line-kind.js';
import { type RankedChunk, type TermWeights, totalWeight } from './rank-bm25.js';
import { type Chunk, type IndexedFile, PATH_LINE } from './search-index.js';
import { termsOf } from './tokenize.js';

export const MATCH_TYPES = ['definition', 'reference', 'comment', 'path'] as const;
export type MatchType = (typeof MATCH_TYPES)[number];

export interface BestLine {
  /** From 1. A match of the path is shown by the first line of the file. */
  readonly line: number;
  readonly matchType: MatchType;
}

/** The line with the heaviest terms, a definition of what was asked for above all; the path only if no line is as good. */
export function bestLine(chunk: Chunk, hits: RankedChunk['hits'], weights: TermWeights): BestLine {
  let best = PATH_LINE;
  let highest = Number.NEGATIVE_INFINITY;
  for (const [line, terms] of termsByLine(chunk, hits)) {
    const value =
      totalWeight(weights, terms) + totalWeight(weights) * definitionScore(chunk.file, line, weights);
    if (value < highest || (value === highest && best !== PATH_LINE)) continue;
    best = line;
    highest = value;
  }
  return { line: Math.max(best, 1), matchType: matchTypeOf(chunk.file, best, weights) };
}

/** The terms found on each line of a chunk, in ascending order of lines. */
export function termsByLine(chunk: Chunk, hits: RankedChunk['hits']): Map<number, Set<string>> {
  const lines = new Map<number, Set<string>>();
  for (const [term, positions] of hits) {
    for (const position of positions) {
      const line = chunk.wordLines[position] ?? PATH_LINE;
      lines.set(line, (lines.get(line) ?? new Set()).add(term));
    }
  }
  return new Map([...lines].sort(([one], [other]) => one - other));
}

/** How exactly a line defines what was asked for: shared terms of name and query over all of both, 0 to 1. */
export function definitionScore(file: IndexedFile, line: number, weights: TermWeights): number {
  const name = definedName(file.lines[line - 1] ?? '', file.language);
  if (name === undefined) return 0;
  const terms = termsOf(name);
  const shared = terms.filter((term) => weights.has(term));
  const foreign = (terms.length - shared.length) * averageWeight(weights);
  return totalWeight(weights, shared) / (totalWeight(weights) + foreign);
}

function matchTypeOf(file: IndexedFile, line: number, weights: TermWeights): MatchType {
  if (line === PATH_LINE) return 'path';
  if (definitionScore(file, line, weights) > 0) return 'definition';
  return isComment(file.lines[line - 1] ?? '', file.language) ? 'comment' : 'reference';
}

const averageWeight = (weights: TermWeights): number => totalWeight(weights) / weights.size;
