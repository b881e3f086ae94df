/** The entry `sotto/server`: receive events and evaluate flags in PostHog's wire format. */
export * from './ingest/index.js';
