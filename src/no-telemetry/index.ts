/**
 * What stands in the place of `sotto` under the condition `no-telemetry`: every name of it, over a client that is off for good.
 * Declarations of events and flags, and the calls that only compute, are the real ones; nothing else is bundled.
 */

export { takeTelemetryFlag } from '../cli/take-telemetry-flag.js';
export { ConsentError } from '../consent/index.js';
export { sanitizeError } from '../crash/index.js';
export {
  ApiRequest,
  CommandExecuted,
  CrashCaptured,
  defineEvent,
  ErrorOccurred,
  EventError,
  FeatureUsed,
  FILE_CATEGORIES,
  HEALTH_STATES,
  HTTP_METHODS,
  INDEX_STATES,
  INTENTS,
  InstallationComplete,
  InstallationStart,
  InstallationStep,
  LANGUAGES,
  MATCH_TYPES,
  METRIC_UNITS,
  MetricReport,
  MetricType,
  Operation,
  OperationLatency,
  SEARCH_MODES,
  SEARCH_STATUSES,
  SETUP_ERRORS,
  SearchEvent,
  ServiceHealth,
  SessionEvent,
  SessionStatistics,
  STEP_STATES,
  STORE_KINDS,
  STRATEGIES,
  StandardEvents,
  TelemetryEvent,
  withVocabulary,
} from '../events/index.js';
export { defineFlags } from '../flags/index.js';
export { ConfigError, TelemetryError } from '../internal/index.js';
export {
  AGGREGATE_FUNCTIONS,
  AnonymityConversion,
  addRedactionRule,
  aggregate,
  anonymize,
  bool,
  boolean,
  count,
  DROP_REASONS,
  dateBucket,
  declareConversions,
  distribution,
  event,
  findIdentifiableInfo,
  forbidden,
  hash,
  integer,
  listOf,
  nested,
  number,
  oneOf,
  optional,
  pattern,
  plain,
  presenceMap,
  redactIdentifiableInfo,
  sanitizeEmail,
  sanitizePath,
  sanitizePhone,
  serializeForTelemetry,
  textCount,
} from '../privacy/index.js';
export {
  createTelemetry,
  getTelemetryClient,
  getTelemetryClient as getTelemetry,
} from './create-telemetry.js';
export { trackExpress, trackFastify, trackHono } from './middleware.js';
