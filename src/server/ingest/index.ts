export type { JsonObject, JsonValue, Problem, ProblemCode } from '../http/index.js';
export type {
  AddResult,
  EventCounts,
  EventPage,
  EventQuery,
  EventQueue,
  EventStore,
  IngestEvent,
  StoredEvent,
} from '../wire/index.js';
export { createIngestApp } from './app.js';
export type { FlagDefinition, FlagVariant } from './flag-definition.js';
export type { EvaluatedFlag, FlagReason } from './flags.js';
export { createMemoryEventStore, type MemoryEventStoreOptions } from './memory-event-store.js';
export type { IngestOptions } from './options.js';
export { type IngestServer, type IngestServerOptions, startIngestServer } from './server.js';
