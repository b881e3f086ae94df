import { aggregate, bool, distribution, listOf, nested, plain, textCount } from '../privacy/index.js';
import { declareFieldsLate, declareLate } from './declare-late.js';
import { howMany, milliseconds, oneOfOrOther, share } from './domains.js';
import { type EventFields, TelemetryEvent } from './telemetry-event.js';
import {
  INDEX_STATES,
  INTENTS,
  MATCH_TYPES,
  SEARCH_MODES,
  SEARCH_STATUSES,
  STRATEGIES,
} from './vocabulary.js';

class Results {
  candidates!: number;
  returned!: number;
  tokenCount!: number;
}

declareFieldsLate(Results, () => ({
  candidates: plain(howMany),
  returned: plain(howMany),
  tokenCount: plain(howMany, { as: 'token_count' }),
}));

class IndexBlock {
  state!: string;
  coverage: number | undefined;
}

declareFieldsLate(IndexBlock, () => ({
  state: plain(oneOfOrOther(INDEX_STATES)),
  coverage: plain(share),
}));

const SCORES = { decimals: 3 } as const;

class Quality {
  average!: readonly number[];
  least!: readonly number[];
  most!: readonly number[];
  median!: readonly number[];
}

declareFieldsLate(Quality, () => ({
  average: aggregate('mean', { as: 'avg_score', ...SCORES }),
  least: aggregate('min', { as: 'min_score', ...SCORES }),
  most: aggregate('max', { as: 'max_score', ...SCORES }),
  median: aggregate('median', { as: 'median_score', ...SCORES }),
}));

/** The length of the query; its redacted text only after the user's second yes. */
class Query {
  tokenCount!: number;
  text!: string;
}

declareFieldsLate(Query, () => ({
  tokenCount: plain(howMany, { as: 'token_count' }),
  text: textCount({ as: 'char_count', withToolsOverPrivacy: 'redact', redactedAs: 'query' }),
}));

/** The same for a search whose caller said no to the second yes: stricter, so it may stand in the same place. */
class LengthOnlyQuery extends Query {
  override text = '';
}

declareFieldsLate(LengthOnlyQuery, () => ({
  text: textCount({ as: 'char_count' }),
}));

/** Marks the class, whichever copy of this package it is of. */
export const SEARCH: unique symbol = Symbol.for('sotto.searchEvent') as never;

/** One search: how it went, never what was asked or found. */
export class SearchEvent extends TelemetryEvent {
  /** Known by it in every copy of this package that a process may hold. */
  static readonly [SEARCH] = true;

  intent: string | undefined;
  strategies!: readonly string[];
  searchMode: string | undefined;
  executionTimeMs!: number;
  results!: Results;
  status!: string;
  hasWarnings!: boolean;
  warningCount!: number;
  index: IndexBlock | undefined;
  languageCount!: number;
  summary: string | undefined;
  query!: Query;
}

declareLate(
  SearchEvent,
  'search',
  () => ({
    intent: plain(oneOfOrOther(INTENTS)),
    strategies: plain(listOf(oneOfOrOther(STRATEGIES))),
    searchMode: plain(oneOfOrOther(SEARCH_MODES), { as: 'search_mode' }),
    executionTimeMs: plain(milliseconds, { as: 'execution_time_ms' }),
    results: nested(() => Results),
    status: plain(oneOfOrOther(SEARCH_STATUSES)),
    hasWarnings: plain(bool(), { as: 'has_warnings' }),
    warningCount: plain(howMany, { as: 'warning_count' }),
    index: nested(() => IndexBlock),
    languageCount: plain(howMany, { as: 'language_count' }),
    summary: textCount({ as: 'summary_length' }),
    query: nested(() => Query),
  }),
  {
    isPrefixed: true,
    purpose: 'learning whether searches find something, and how fast',
  },
);

/** The same for matches that carry scores: what can be said of them only stands where there is something to say. */
export class ScoredSearchEvent extends SearchEvent {
  quality!: Quality;
  matchTypes!: readonly string[];
  matchCount!: number;
}

declareLate(
  ScoredSearchEvent,
  'search',
  () => ({
    quality: nested(() => Quality),
    matchTypes: distribution(MATCH_TYPES, { as: 'match_types' }),
    matchCount: plain(howMany, { as: 'match_count' }),
  }),
  { isPrefixed: true },
);

/** What a search tool has at hand when a search is over. Nothing in it has to be safe: the event's rules see to that. */
export interface SearchResponseSummary {
  readonly matches?: readonly SearchMatchSummary[];
  /** Results considered; the number of matches unless given. */
  readonly candidates?: number;
  /** Results handed out; the number of matches unless given. */
  readonly returned?: number;
  /** Tokens of the results handed out. */
  readonly tokenCount?: number;
  readonly status?: string;
  readonly searchMode?: string;
  readonly warnings?: readonly unknown[];
  readonly indexState?: string;
  /** Share of the files that are indexed, 0 to 1. */
  readonly indexCoverage?: number;
  readonly languages?: readonly string[];
  readonly summary?: string;
}

export interface SearchMatchSummary {
  readonly score?: number;
  readonly matchType?: string;
  readonly language?: string;
}

export interface SearchDescription {
  readonly response: SearchResponseSummary;
  readonly query: string;
  /** Tokens of the query; its white-space separated words unless given. */
  readonly queryTokenCount?: number;
  readonly intent?: string;
  readonly strategies: readonly string[];
  readonly executionTimeMs: number;
  /** False keeps the redacted query out of this event even where the user allows it. True allows nothing by itself. */
  readonly toolsOverPrivacy?: boolean;
  /** Flag → variant that chose how this search was done; sent as `$feature/<flag>` beside the known ones. */
  readonly featureFlags?: Readonly<Record<string, string | boolean | null | undefined>>;
}

/** A search → its event. Pure. */
export function toSearchEvent(search: SearchDescription): SearchEvent {
  const matches = search.response.matches ?? [];
  const scores = matches.flatMap(({ score }) => (Number.isFinite(score) ? [score as number] : []));
  const fields = toSearchFields(search, matches);
  if (scores.length === 0) return Object.assign(new SearchEvent(), fields);
  return Object.assign(new ScoredSearchEvent(), {
    ...fields,
    quality: { average: scores, least: scores, most: scores, median: scores },
    matchTypes: matches.map(({ matchType }) => matchType ?? 'other'),
    matchCount: matches.length,
  });
}

function toSearchFields(
  search: SearchDescription,
  matches: readonly SearchMatchSummary[],
): EventFields<SearchEvent> {
  const { response } = search;
  const warningCount = response.warnings?.length ?? 0;
  return {
    intent: search.intent,
    strategies: search.strategies.map((strategy) => strategy.toLowerCase()),
    searchMode: response.searchMode,
    executionTimeMs: search.executionTimeMs,
    results: {
      candidates: response.candidates ?? matches.length,
      returned: response.returned ?? matches.length,
      tokenCount: response.tokenCount ?? 0,
    },
    status: response.status ?? (matches.length > 0 ? 'success' : 'empty'),
    hasWarnings: warningCount > 0,
    warningCount,
    index: toIndexBlock(response),
    languageCount: countLanguages(response, matches),
    summary: response.summary,
    query: toQuery(search),
  };
}

function toIndexBlock({ indexState, indexCoverage }: SearchResponseSummary): IndexBlock | undefined {
  if (indexState === undefined && indexCoverage === undefined) return undefined;
  return { state: indexState ?? 'unknown', coverage: indexCoverage };
}

function countLanguages(response: SearchResponseSummary, matches: readonly SearchMatchSummary[]): number {
  const languages = response.languages ?? matches.flatMap(({ language }) => language ?? []);
  return new Set(languages).size;
}

function toQuery(search: SearchDescription): Query {
  const query = search.toolsOverPrivacy === false ? new LengthOnlyQuery() : new Query();
  query.text = search.query;
  query.tokenCount = search.queryTokenCount ?? search.query.split(/\s+/u).filter(Boolean).length;
  return query;
}
