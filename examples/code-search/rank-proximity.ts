/** Shows the second ranking strategy: the candidates of BM25, put in the order in which a person would open them. */
import { definitionScore, termsByLine } from './best-line.js';
import { byScore, type RankedChunk, type TermWeights, totalWeight } from './rank-bm25.js';
import { type Chunk, chunkOf, type SearchIndex } from './search-index.js';

/** Each part is between 0 and 1, and so is their weighted sum. */
const SHARES = { bm25: 0.4, together: 0.2, definition: 0.25, path: 0.15 } as const;

const MOST_RERANKED = 200;

/** Words between the first and the last term at which togetherness has halved. */
const HALVING_DISTANCE = 8;

/**
 * The best 200 candidates, ranked anew by how close together the terms stand, whether the chunk defines what was asked
 * for, and whether the path of its file names it.
 *
 * @param candidates - chunks ranked by BM25, best first
 */
export function rankProximity(
  candidates: readonly RankedChunk[],
  index: SearchIndex,
  weights: TermWeights,
): RankedChunk[] {
  return candidates
    .slice(0, MOST_RERANKED)
    .map((ranked) => ({ ...ranked, score: scoreOf(chunkOf(index, ranked), ranked, weights) }))
    .sort(byScore);
}

function scoreOf(chunk: Chunk, { score, hits }: RankedChunk, weights: TermWeights): number {
  return (
    SHARES.bm25 * score +
    SHARES.together * togetherness(hits, weights) +
    SHARES.definition * bestDefinition(chunk, hits, weights) +
    SHARES.path * shareOf(weights, (term) => chunk.file.pathTerms.has(term))
  );
}

/** How much of the query the chunk holds, discounted by the distance between its terms where they stand closest. */
function togetherness(hits: RankedChunk['hits'], weights: TermWeights): number {
  const distance = tightestWindow([...hits.values()]);
  return (shareOf(weights, (term) => hits.has(term)) * HALVING_DISTANCE) / (HALVING_DISTANCE + distance);
}

function bestDefinition(chunk: Chunk, hits: RankedChunk['hits'], weights: TermWeights): number {
  const lines = [...termsByLine(chunk, hits).keys()];
  return Math.max(0, ...lines.map((line) => definitionScore(chunk.file, line, weights)));
}

function shareOf(weights: TermWeights, isIncluded: (term: string) => boolean): number {
  return totalWeight(weights, [...weights.keys()].filter(isIncluded)) / totalWeight(weights);
}

/**
 * The smallest distance between the first and the last position of a stretch that touches every list.
 *
 * @param lists - ascending positions, one list per term, none empty
 * @returns 0 if one position is in all lists, or if there is only one list
 */
export function tightestWindow(lists: readonly (readonly number[])[]): number {
  const places = lists.flatMap((list, term) => list.map((position) => ({ term, position })));
  places.sort((one, other) => one.position - other.position);
  const inside = new Map<number, number>();
  let tightest = Number.POSITIVE_INFINITY;
  let first = 0;
  for (const last of places) {
    inside.set(last.term, (inside.get(last.term) ?? 0) + 1);
    for (let place = places[first]; place && inside.size === lists.length; place = places[first]) {
      tightest = Math.min(tightest, last.position - place.position);
      first += 1;
      const left = (inside.get(place.term) ?? 0) - 1;
      if (left === 0) inside.delete(place.term);
      else inside.set(place.term, left);
    }
  }
  return tightest;
}
