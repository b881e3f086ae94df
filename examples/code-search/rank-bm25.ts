/** Shows the first ranking strategy: BM25, which rewards rare terms and short chunks, and does not mind their order. */
import { chunkOf, type Posting, type SearchIndex } from './search-index.js';

/** How much each term of a query is worth; rarer terms are worth more. */
export type TermWeights = ReadonlyMap<string, number>;

export interface RankedChunk {
  /** Index into the chunks of the index. */
  readonly chunk: number;
  /** Share of the highest score that the query could reach, 0 to 1. */
  readonly score: number;
  /** The terms of the query that occur in the chunk, with their positions in it. */
  readonly hits: ReadonlyMap<string, readonly number[]>;
}

/** How soon further occurrences of a term stop mattering. */
const SATURATION = 1.2;
/** How strongly long chunks are discounted, 0 to 1. */
const LENGTH_DISCOUNT = 0.75;

/** Inverse document frequency, in the form that is never negative. A term that occurs nowhere weighs most. */
export function weighTerms(index: SearchIndex, terms: readonly string[]): TermWeights {
  return new Map(
    terms.map((term) => {
      const chunksWithTerm = index.postings.get(term)?.length ?? 0;
      return [term, Math.log(1 + (index.chunks.length - chunksWithTerm + 0.5) / (chunksWithTerm + 0.5))];
    }),
  );
}

/** The summed weight of some terms; those that are not part of the query weigh nothing. */
export function totalWeight(weights: TermWeights, terms: Iterable<string> = weights.keys()): number {
  let total = 0;
  for (const term of terms) total += weights.get(term) ?? 0;
  return total;
}

/** Every chunk in which a term of the query occurs, best first; equals stay in the order of the index. */
export function rankBm25(index: SearchIndex, weights: TermWeights): RankedChunk[] {
  const found = new Map<number, { score: number; hits: Map<string, readonly number[]> }>();
  const highest = totalWeight(weights);
  for (const [term, weight] of weights) {
    for (const posting of index.postings.get(term) ?? []) {
      const entry = found.get(posting.chunk) ?? { score: 0, hits: new Map() };
      entry.score += (weight * saturatedFrequency(index, posting)) / highest;
      entry.hits.set(term, posting.positions);
      found.set(posting.chunk, entry);
    }
  }
  return [...found].map(([chunk, { score, hits }]) => ({ chunk, score, hits })).sort(byScore);
}

/** Best first; equals in the order of the index, so that the same question has the same answer. */
export function byScore(one: RankedChunk, other: RankedChunk): number {
  return other.score - one.score || one.chunk - other.chunk;
}

/** How often a term occurs, bent into 0 to 1 and measured against the length of its chunk. */
function saturatedFrequency(index: SearchIndex, posting: Posting): number {
  const averageLength = index.tokens / index.chunks.length;
  const { length } = chunkOf(index, posting).wordLines;
  const discount = 1 - LENGTH_DISCOUNT + LENGTH_DISCOUNT * (length / averageLength);
  const frequency = posting.positions.length;
  return frequency / (frequency + SATURATION * discount);
}
