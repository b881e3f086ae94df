/** Shows one search from question to answer: the operation that is worth measuring. */
import { bestLine, type MatchType } from './best-line.js';
import type { CodeIndex } from './build-index.js';
import { summaryOf, warningsOf } from './explain.js';
import { type Intent, inferIntent } from './intent.js';
import type { Language } from './language.js';
import { previewOf } from './preview.js';
import { parseQuery } from './query.js';
import { type RankedChunk, rankBm25, type TermWeights, weighTerms } from './rank-bm25.js';
import { rankProximity } from './rank-proximity.js';
import { chunkOf, type IndexedFile } from './search-index.js';
import { termsOf, wordsOf } from './tokenize.js';

export const RANKINGS = ['bm25', 'proximity'] as const;
export type Ranking = (typeof RANKINGS)[number];

export const DEFAULT_RANKING: Ranking = 'bm25';
export const DEFAULT_LIMIT = 10;
export const MAX_LIMIT = 100;

export interface SearchMatch {
  /** Relative to the root of the index, with `/` between its parts. */
  path: string;
  /** From 1. */
  line: number;
  /** How good the match is, 0 to 1. Comparable within a ranking strategy, not between two. */
  score: number;
  matchType: MatchType;
  language: Language;
  /** The line, shortened and printable. */
  preview: string;
}

export interface SearchResponse {
  query: string;
  intent: Intent;
  ranking: Ranking;
  /** Best first. */
  matches: SearchMatch[];
  /** Chunks in which a term of the query occurs. */
  candidates: number;
  /** Words in the previews. */
  tokenCount: number;
  /** Share of the discovered text files that are indexed, 0 to 1. */
  coverage: number;
  /** What the reader should know about this answer, in sentences. */
  warnings: string[];
  summary: string;
  executionTimeMs: number;
}

export interface SearchOptions {
  /** @default 'bm25' */
  ranking?: Ranking;
  /** Most matches to return, 1 to 100. @default 10 */
  limit?: number;
}

/** A single file does not fill the answer. */
const MATCHES_PER_FILE = 3;

type Rank = (
  candidates: readonly RankedChunk[],
  index: CodeIndex,
  weights: TermWeights,
) => readonly RankedChunk[];

const RANK: Readonly<Record<Ranking, Rank>> = {
  bm25: (candidates) => candidates,
  proximity: rankProximity,
};

/**
 * Find the lines that answer a query, at most three per file and one per chunk of code.
 *
 * @param query - any text; one without words gives no matches and a warning
 * @throws {RangeError} if `limit` is not a whole number from 1 to 100; never because of the query
 */
export function search(index: CodeIndex, query: string, options: SearchOptions = {}): SearchResponse {
  const startedAt = performance.now();
  const { ranking = DEFAULT_RANKING, limit = DEFAULT_LIMIT } = options;
  if (!isLimit(limit)) throw new RangeError(`limit must be a whole number from 1 to ${MAX_LIMIT}`);

  const parsed = parseQuery(query);
  const weights = weighTerms(index, parsed.terms);
  const candidates = rankBm25(index, weights);
  const chosen = bestPerFile(index, RANK[ranking](candidates, index, weights), limit);
  const matches = chosen.map((ranked) => toMatch(index, ranked, weights));
  return {
    query,
    intent: inferIntent(query),
    ranking,
    matches,
    candidates: candidates.length,
    tokenCount: matches.reduce((total, match) => total + wordsOf(match.preview).length, 0),
    coverage: index.coverage,
    warnings: warningsOf(index, parsed),
    summary: summaryOf(matches, candidates.length),
    executionTimeMs: performance.now() - startedAt,
  };
}

/** Whether a number may be a search's `limit`. */
export function isLimit(limit: number): boolean {
  return Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT;
}

function bestPerFile(index: CodeIndex, ranked: readonly RankedChunk[], limit: number): RankedChunk[] {
  const taken = new Map<IndexedFile, number>();
  const chosen: RankedChunk[] = [];
  for (const candidate of ranked) {
    const { file } = chunkOf(index, candidate);
    const count = taken.get(file) ?? 0;
    if (count === MATCHES_PER_FILE) continue;
    taken.set(file, count + 1);
    chosen.push(candidate);
    if (chosen.length === limit) break;
  }
  return chosen;
}

function toMatch(index: CodeIndex, ranked: RankedChunk, weights: TermWeights): SearchMatch {
  const chunk = chunkOf(index, ranked);
  const { line, matchType } = bestLine(chunk, ranked.hits, weights);
  const isWanted = (word: string) => termsOf(word).some((term) => weights.has(term));
  return {
    path: chunk.file.path,
    line,
    score: ranked.score,
    matchType,
    language: chunk.file.language,
    preview: previewOf(chunk.file.lines[line - 1] ?? '', isWanted),
  };
}
