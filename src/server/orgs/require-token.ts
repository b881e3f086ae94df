import type { MiddlewareHandler } from 'hono';
import { TelemetryError } from '../../internal/index.js';
import type { OrgToken, OrgTokenRepository } from '../db/contract.js';
import { bearerTokenOf, createRequestCounter, problemOf, problemResponse } from '../http/index.js';

/** What a request is known by, behind {@link requireToken}. */
export interface CallerVariables {
  caller: OrgToken;
}

/** Of all callers together. */
const MAX_REFUSED_PER_SECOND = 20;

/**
 * Lets requests pass that carry a token which is good now. Those without are counted apart: while there are too many of them they
 * are told to wait, and nobody else is.
 */
export function requireToken(
  tokens: Pick<OrgTokenRepository, 'verify'>,
): MiddlewareHandler<{ Variables: CallerVariables }> {
  const countRefused = createRequestCounter(MAX_REFUSED_PER_SECOND);
  return async (context, next) => {
    const text = bearerTokenOf(context.req.header('authorization'));
    const caller = text === undefined ? undefined : await tokens.verify(text);
    if (caller !== undefined) {
      context.set('caller', caller);
      return next();
    }
    const retryAfterSeconds = await countRefused();
    if (retryAfterSeconds === undefined) throw withoutToken(text);
    const problem = problemOf('REQUEST_RATE_LIMITED', 'Too many requests without a good token: wait.');
    return problemResponse(problem, { 'retry-after': String(retryAfterSeconds) });
  };
}

function withoutToken(text: string | undefined): TelemetryError {
  return new TelemetryError(
    'REQUEST_UNAUTHORIZED',
    text === undefined
      ? 'This needs the header "Authorization: Bearer <token>". The operator makes tokens with `sotto org token create`.'
      : 'The token is not known, has expired or was revoked. The operator makes tokens with `sotto org token create`.',
  );
}
