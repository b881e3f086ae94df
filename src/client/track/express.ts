import { quietly } from '../../internal/index.js';
import { type AnswerStream, whenAnswered } from './answer.js';
import { type ExpressRequest, expressRouteOf } from './express-route.js';
import { isFirst } from './first.js';
import type { RequestOptions } from './request.js';
import type { Trackable } from './trackable.js';

/**
 * Middleware for Express 5: `app.use(trackExpress(telemetry))`, before the routes. A request is over when its answer has
 * been handed over, or with status 499 when the client went away before.
 */
export function trackExpress(telemetry: Trackable, options?: RequestOptions) {
  return (request: ExpressRequest, response: AnswerStream, next: () => void): void => {
    quietly(() => {
      if (!telemetry.enabled || !isFirst(request)) return;
      const answered = telemetry.track.startRequest(options);
      whenAnswered(response, (status) => {
        quietly(() => answered({ method: request.method, route: expressRouteOf(request), status }));
      });
    });
    next();
  };
}
