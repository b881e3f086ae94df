export {
  BUILT_IN_EVENTS,
  type Catalogue,
  type CatalogueEvent,
  type CatalogueField,
  type ConsentScope,
  type ConsentScopeInput,
  compareScopes,
  createCatalogue,
  type DomainScope,
  type EventScope,
  type FieldScope,
  type FieldScopes,
  isConsentScope,
  isWidening,
  type ScopeChange,
  scopeDigest,
  scopeVersion,
  toConsentScope,
  toHeldBack,
  withoutExpired,
  withVariants,
} from './catalogue/index.js';
export { type DefinedFields, defineEvent, type EventClass } from './define-event.js';
export { EventError } from './errors.js';
export { EventContext, type SystemFacts, toEventContext } from './event-context.js';
export { FeatureFlagCalled } from './feature-flag-called.js';
export {
  createInstallationRecord,
  InstallationComplete,
  type InstallationOutcome,
  type InstallationRecord,
  InstallationStart,
  InstallationStep,
} from './installation/index.js';
export {
  createHistogram,
  createMetrics,
  type Histogram,
  type HistogramData,
  type HistogramJson,
  MetricReport,
  type Metrics,
  type MetricsOptions,
  MetricType,
  OPERATION_LATENCY,
} from './metrics/index.js';
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
export {
  ApiRequest,
  CommandExecuted,
  CrashCaptured,
  type CrashOrigin,
  ErrorOccurred,
  FeatureUsed,
  Operation,
  OperationLatency,
  ServiceHealth,
  StandardEvents,
  toCrashCaptured,
  toErrorOccurred,
  type VocabularyClass,
  type WithVocabulary,
  withVocabulary,
} from './standard/index.js';
export { assignFields, type EventFields, TelemetryEvent } from './telemetry-event.js';
export {
  FILE_CATEGORIES,
  HEALTH_STATES,
  HTTP_METHODS,
  INDEX_STATES,
  INTENTS,
  LANGUAGES,
  MATCH_TYPES,
  METRIC_UNITS,
  SEARCH_MODES,
  SEARCH_STATUSES,
  SETUP_ERRORS,
  STEP_STATES,
  STORE_KINDS,
  STRATEGIES,
} from './vocabulary.js';
