export { type Message, toMessage } from './message.js';
export { connectOtlp, type OtlpConfig } from './otlp/connection.js';
export { toOtlpMessage } from './otlp/message.js';
export { signalOf } from './otlp/signal-of.js';
export { Outbox } from './outbox.js';
export { connectPostHog, type PostHogConfig, type PostHogConnection } from './posthog/connection.js';
export { toPostHogMessage } from './posthog/wire.js';
export { createRest } from './rest.js';
export type { Outcome, Sink } from './sink.js';
