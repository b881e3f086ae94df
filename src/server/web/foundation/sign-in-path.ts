import type { Hono } from 'hono';
import type { Door } from './door.js';
import { answerFailure } from './failure.js';
import { createOneTimeCodes } from './one-time-codes.js';
import { answerForward } from './require-token.js';
import { openSession } from './sign-in.js';
import type { WebEnv, WebParts } from './web-env.js';

/**
 * Paths that let a browser in without the form, for a program that opens it.
 *
 * @returns makes such a path: it works once, and for a minute
 */
export function addSignInPaths(app: Hono<WebEnv>, parts: WebParts, door: Door): (token: string) => string {
  const codes = createOneTimeCodes(parts.now);
  app.get('/sign-in/:code', (context) => {
    // A look at the head alone, as scanners of links take, uses nothing up.
    const token = context.req.method === 'HEAD' ? undefined : codes.take(context.req.param('code'));
    if (token === undefined)
      return answerFailure(
        context,
        parts,
        'REQUEST_NOT_FOUND',
        'This address was used already, or is older than a minute. Open the page again from where you came.',
      );
    openSession(context, parts, door, token);
    return answerForward(context, parts, door.page);
  });
  return (token) => `/sign-in/${codes.create(token)}`;
}
