import type { MiddlewareHandler } from 'hono';
import type { VendorEnv } from './vendor-env.js';

/** What a collector asks for. */
export type VendorRoute = 'validate' | 'heartbeat' | 'analytics';

/** What became of a request. A closed list: it is a label of a figure. */
export type RequestOutcome =
  | 'accepted'
  | 'duplicate'
  | 'unknown_license'
  | 'inactive_license'
  | 'conflict'
  | 'refused'
  | 'limited'
  | 'failed';

export type RequestCount = (route: VendorRoute, outcome: RequestOutcome) => void;

/** Tell what became of each request to a route. */
export function countRequests(count: RequestCount, route: VendorRoute): MiddlewareHandler<VendorEnv> {
  return async (context, next) => {
    await next();
    count(route, context.get('isDuplicate') ? 'duplicate' : toOutcome(context.res.status));
  };
}

function toOutcome(status: number): RequestOutcome {
  if (status < 300) return 'accepted';
  if (status >= 500) return 'failed';
  switch (status) {
    case 401:
      return 'unknown_license';
    case 403:
      return 'inactive_license';
    case 409:
      return 'conflict';
    case 429:
      return 'limited';
    default:
      return 'refused';
  }
}
