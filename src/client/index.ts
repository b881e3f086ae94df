export type { CounterSnapshot } from './counters.js';
export { createClient } from './create-client.js';
export { type CreateTelemetryOptions, createTelemetry, getTelemetryClient } from './create-telemetry.js';
export type { ConsentOptions, ConsentParts } from './open-consent.js';
export { openConsent } from './open-consent.js';
export type { FieldWarning, Status } from './status.js';
export type { AskOptions, PostHogEventSource, Preview, SerializableSource, Telemetry } from './telemetry.js';
