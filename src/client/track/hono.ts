import { quietly } from '../../internal/index.js';
import { UNMATCHED_ROUTE } from '../../privacy/index.js';
import { isFirst } from './first.js';
import type { RequestOptions } from './request.js';
import type { Trackable } from './trackable.js';

/** The part of Hono's context that is read. */
interface HonoContext {
  readonly req: {
    readonly method: string;
    readonly routeIndex: number;
    readonly routePath: string;
    readonly raw: object;
  };
  readonly res: { readonly status: number };
  readonly finalized: boolean;
}

/**
 * Middleware for Hono 4: `app.use(trackHono(telemetry))`, before the routes. A request is over when its response is
 * ready to be sent; the body of a stream may still follow.
 *
 * Changes nothing: what the routes throw goes on to Hono's own error handler.
 */
export function trackHono(telemetry: Trackable, options?: RequestOptions) {
  return async (context: HonoContext, next: () => Promise<void>): Promise<void> => {
    if (!quietly(() => telemetry.enabled && isFirst(context.req.raw))) return next();
    const answered = telemetry.track.startRequest(options);
    const ownIndex = quietly(() => context.req.routeIndex);
    const report = (status: number) => {
      quietly(() =>
        answered({ method: context.req.method, route: routeOf(context, ownIndex, status), status }),
      );
    };
    try {
      await next();
    } catch (thrown) {
      report(500);
      throw thrown;
    }
    report(quietly(() => (context.finalized ? context.res.status : 500)) ?? 500);
  };
}

const EVERYTHING = ['*', '/*'];

/** The route that went furthest. Where that is middleware for every path, no route was there to answer. */
function routeOf({ req }: HonoContext, ownIndex: number | undefined, status: number): string {
  const isOwn = req.routeIndex === ownIndex;
  const isUnmatched = isOwn || (status === 404 && EVERYTHING.includes(req.routePath));
  return isUnmatched ? UNMATCHED_ROUTE : req.routePath;
}
