export {
  BUILT_IN_EVENTS,
  type Catalogue,
  type CatalogueEvent,
  type CatalogueField,
  createCatalogue,
  withVariants,
} from './catalogue/index.js';
export { type DefinedFields, defineEvent, type EventClass } from './define-event.js';
export { EventError } from './errors.js';
export { EventContext, type SystemFacts, toEventContext } from './event-context.js';
export { FeatureFlagCalled } from './feature-flag-called.js';
export {
  type SearchDescription,
  SearchEvent,
  type SearchMatchSummary,
  type SearchResponseSummary,
  toSearchEvent,
} from './search-event.js';
export { SessionEvent, type SessionSummary, toSessionEvent } from './session-event.js';
export {
  type Failover,
  type FileOperation,
  SessionStatistics,
  type TimingKind,
  type TokenUsage,
} from './session-statistics.js';
export { type EventFields, TelemetryEvent } from './telemetry-event.js';
export {
  FILE_CATEGORIES,
  INDEX_STATES,
  INTENTS,
  LANGUAGES,
  MATCH_TYPES,
  SEARCH_MODES,
  SEARCH_STATUSES,
  SETUP_ERRORS,
  STORE_KINDS,
  STRATEGIES,
} from './vocabulary.js';
