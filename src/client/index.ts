export { createAdmission } from './admission.js';
export type { CounterSnapshot } from './counters.js';
export { createClient } from './create-client.js';
export {
  type CreateTelemetryOptions,
  createTelemetry,
  getTelemetryClient,
  // The name that scripts and mods of studios know.
  getTelemetryClient as getTelemetry,
} from './create-telemetry.js';
export { hostOf, toWireOf } from './destination.js';
export type { EventNameWarning } from './event-name-check.js';
export type { Installation } from './installation.js';
export type { ConsentOptions, ConsentParts } from './open-consent.js';
export { openConsent } from './open-consent.js';
export { partsOf, type TelemetryParts } from './parts.js';
export {
  type ConsentReport,
  type ConsentSettings,
  type CrashDigest,
  type Health,
  type HealthWarning,
  isFlagEnabled,
  readAppFlags,
  readBundle,
  readConsentSettings,
  readCrashes,
  readHealth,
  readStoredAnswer,
  readSummary,
  type Summary,
} from './report/index.js';
export type { Clock, StandIns } from './stand-ins.js';
export type { FieldWarning, PeerWarning, Status } from './status.js';
export type {
  AskOptions,
  MetricClass,
  PostHogEventSource,
  Preview,
  SerializableSource,
  Telemetry,
} from './telemetry.js';
export {
  type CommandName,
  type HealthStatus,
  type RequestOptions,
  type RequestRoute,
  type SpanOptions,
  type StartRequest,
  type Track,
  type Trackable,
  trackExpress,
  trackFastify,
  trackHono,
} from './track/index.js';
export type { EmitterLike, HookableLike, HookSource, TargetLike } from './usage/index.js';
