export { Outbox } from './outbox.js';
export { connectPostHog, type PostHogConfig, type PostHogConnection } from './posthog/connection.js';
export { type PostHogMessage, toPostHogMessage } from './posthog/wire.js';
export { createRest } from './rest.js';
export type { Outcome } from './sink.js';
