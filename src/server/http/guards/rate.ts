// The package's own entry loads every database it can count in.
import RateLimiterMemory from 'rate-limiter-flexible/lib/RateLimiterMemory.js';

/** Counts a request. @returns undefined while there are not too many; otherwise after how many seconds to come back */
export type CountRequest = () => Promise<number | undefined>;

/** Of all callers that are counted together: who may call is one person. */
export function createRequestCounter(maxRequestsPerSecond: number): CountRequest {
  const limiter = new RateLimiterMemory({ points: maxRequestsPerSecond, duration: 1 });
  return async () => {
    try {
      await limiter.consume('requests');
      return undefined;
    } catch (refusal) {
      const { msBeforeNext = 1_000 } = refusal as { readonly msBeforeNext?: number };
      return Math.max(1, Math.ceil(msBeforeNext / 1_000));
    }
  };
}
