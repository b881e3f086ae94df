import type { RequestLimit } from '../db/vendor/index.js';

/**
 * What one licence may ask, so that a collector that runs wild, or a key that was stolen, holds up nobody else. A collector with the shortest
 * interval sends 10 heartbeats in ten minutes; one that was away for a month has 30 days to report.
 */
export const REQUEST_LIMITS = {
  validate: { name: 'validate', requests: 120, seconds: 3_600 },
  heartbeat: { name: 'heartbeat', requests: 30, seconds: 600 },
  analytics: { name: 'analytics', requests: 120, seconds: 3_600 },
} as const satisfies Record<string, RequestLimit>;

/** Without a key that is known, of all callers together. They are counted apart: nobody with a good key waits for them. */
export const MAX_UNKNOWN_PER_SECOND = 20;

export const MAX_BODY_BYTES = 64 * 1024;
