/**
 * The entry `sotto/server`: receive events and evaluate flags in PostHog's wire format; and the local API of an app's
 * telemetry.
 */
export * from './ingest/index.js';
export * from './local-api/index.js';
