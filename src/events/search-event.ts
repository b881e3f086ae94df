import {
  aggregate,
  bool,
  builtInEvent,
  distribution,
  listOf,
  nested,
  plain,
  textCount,
} from '../privacy/index.js';
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
  @plain(howMany) candidates!: number;
  @plain(howMany) returned!: number;
  @plain(howMany, { as: 'token_count' }) tokenCount!: number;
}

class IndexBlock {
  @plain(oneOfOrOther(INDEX_STATES)) state!: string;
  @plain(share) coverage: number | undefined;
}

const SCORES = { decimals: 3 } as const;

class Quality {
  @aggregate('mean', { as: 'avg_score', ...SCORES }) average!: readonly number[];
  @aggregate('min', { as: 'min_score', ...SCORES }) least!: readonly number[];
  @aggregate('max', { as: 'max_score', ...SCORES }) most!: readonly number[];
  @aggregate('median', { as: 'median_score', ...SCORES }) median!: readonly number[];
}

/** The length of the query; its redacted text only after the user's second yes. */
class Query {
  @plain(howMany, { as: 'token_count' }) tokenCount!: number;
  @textCount({ as: 'char_count', withToolsOverPrivacy: 'redact', redactedAs: 'query' }) text!: string;
}

/** The same for a search whose caller said no to the second yes: stricter, so it may stand in the same place. */
class LengthOnlyQuery extends Query {
  @textCount({ as: 'char_count' }) override text = '';
}

/** Marks the class, whichever copy of this package it is of. */
export const SEARCH: unique symbol = Symbol.for('sotto.searchEvent') as never;

/** One search: how it went, never what was asked or found. */
@builtInEvent('search', {
  isPrefixed: true,
  purpose: 'learning whether searches find something, and how fast',
})
export class SearchEvent extends TelemetryEvent {
  /** Known by it in every copy of this package that a process may hold. */
  static readonly [SEARCH] = true;

  @plain(oneOfOrOther(INTENTS)) intent: string | undefined;
  @plain(listOf(oneOfOrOther(STRATEGIES))) strategies!: readonly string[];
  @plain(oneOfOrOther(SEARCH_MODES), { as: 'search_mode' }) searchMode: string | undefined;
  @plain(milliseconds, { as: 'execution_time_ms' }) executionTimeMs!: number;
  @nested(() => Results) results!: Results;
  @plain(oneOfOrOther(SEARCH_STATUSES)) status!: string;
  @plain(bool(), { as: 'has_warnings' }) hasWarnings!: boolean;
  @plain(howMany, { as: 'warning_count' }) warningCount!: number;
  @nested(() => IndexBlock) index: IndexBlock | undefined;
  @plain(howMany, { as: 'language_count' }) languageCount!: number;
  @textCount({ as: 'summary_length' }) summary: string | undefined;
  @nested(() => Query) query!: Query;
}

/** The same for matches that carry scores: what can be said of them only stands where there is something to say. */
@builtInEvent('search', { isPrefixed: true })
export class ScoredSearchEvent extends SearchEvent {
  @nested(() => Quality) quality!: Quality;
  @distribution(MATCH_TYPES, { as: 'match_types' }) matchTypes!: readonly string[];
  @plain(howMany, { as: 'match_count' }) matchCount!: number;
}

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
