export { connectOtlp, type OtlpConfig } from './otlp/connection.js';
export { type OtlpMessage, toOtlpMessage } from './otlp/message.js';
export { signalOf } from './otlp/signal-of.js';
export { Outbox } from './outbox.js';
export { connectPostHog, type PostHogConfig, type PostHogConnection } from './posthog/connection.js';
export { type PostHogMessage, toPostHogMessage } from './posthog/wire.js';
export { createRest } from './rest.js';
export type { Outcome, Sink } from './sink.js';
