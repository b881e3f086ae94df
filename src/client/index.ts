export type { CounterSnapshot } from './counters.js';
export { type CreateTelemetryOptions, createTelemetry, getTelemetryClient } from './create-telemetry.js';
export type { FieldWarning, Status } from './status.js';
export type { PostHogEventSource, Preview, SerializableSource, Telemetry } from './telemetry.js';
