import { quietly } from '../../internal/index.js';
import { UNMATCHED_ROUTE } from '../../privacy/index.js';
import { type AnswerStream, whenAnswered } from './answer.js';
import { isFirst } from './first.js';
import type { RequestOptions } from './request.js';
import type { Trackable } from './trackable.js';

/** The parts of Fastify that are used. */
interface FastifyRequest {
  readonly method: string;
  readonly routeOptions: { readonly url?: string | undefined };
}
interface FastifyReply {
  readonly raw: AnswerStream;
}
interface FastifyInstance {
  addHook(
    name: 'onRequest',
    hook: (request: FastifyRequest, reply: FastifyReply, done: () => void) => void,
  ): unknown;
}

/** Fastify's mark of a plugin whose hooks hold where it is registered, and not only for routes inside it. */
const SKIP_OVERRIDE = Symbol.for('skip-override');

/**
 * Plugin for Fastify 5: `app.register(trackFastify(telemetry))`. A request is over when its answer has been handed over,
 * or with status 499 when the client went away before.
 */
export function trackFastify(telemetry: Trackable, options?: RequestOptions) {
  const plugin = (instance: FastifyInstance, _options: unknown, done: () => void): void => {
    instance.addHook('onRequest', (request, reply, next) => {
      quietly(() => {
        if (telemetry.enabled && isFirst(reply.raw)) watch(request, reply);
      });
      next();
    });
    done();
  };

  function watch(request: FastifyRequest, reply: FastifyReply): void {
    const answered = telemetry.track.startRequest(options);
    // Read now: a handler that says "not found" takes the request off its route.
    const [method, route] = [request.method, routeOf(request)];
    whenAnswered(reply.raw, (status) => answered({ method, route, status }));
  }

  return Object.assign(plugin, { [SKIP_OVERRIDE]: true });
}

/** There is no URL where no route was found. */
const routeOf = ({ routeOptions }: FastifyRequest) => routeOptions.url ?? UNMATCHED_ROUTE;
