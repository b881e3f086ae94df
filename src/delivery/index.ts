export { Delivery, type DeliveryConfig, type DeliveryEffects } from './delivery.js';
export { connectPostHog, type PostHogConfig, type PostHogConnection } from './posthog/connection.js';
export { type PostHogMessage, toPostHogMessage } from './posthog/wire.js';
export type { SendResult } from './send-result.js';
export type { Sink } from './sink.js';
