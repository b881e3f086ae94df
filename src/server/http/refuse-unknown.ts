import type { Hono, MiddlewareHandler } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { problemOf, problemResponse } from './problem.js';

/** The answer at a path where nothing is. */
export const refuseUnknownPath = (): Response =>
  problemResponse(problemOf('REQUEST_NOT_FOUND', 'There is nothing at this path.'));

/** Refuse methods that a path of the app does not have, and name those that it has. */
// biome-ignore lint/suspicious/noExplicitAny: routes are looked up, whatever their environment is.
export function refuseOtherMethods(app: Hono<any>): MiddlewareHandler {
  return methodNotAllowed({
    app,
    onMethodNotAllowed: (_context, methods) => {
      const allow = methods.join(', ');
      return problemResponse(problemOf('REQUEST_METHOD_NOT_ALLOWED', `Allowed here: ${allow}.`), { allow });
    },
  });
}
