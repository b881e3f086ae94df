import type { MiddlewareHandler } from 'hono';
import { TelemetryError } from '../../../internal/index.js';
import { hasToken } from './bearer-token.js';
import { assertOwnMachine } from './own-machine.js';

/**
 * Answer whoever shows a token; where there is none, programs of this machine. A page of the internet is none of them, whatever name
 * it gives this machine.
 *
 * @param what - what it opens, as in `Reading needs the header …`
 */
export function guardByToken(token: string | undefined, what: string): MiddlewareHandler {
  return async ({ env, req }, next) => {
    if (token === undefined) assertOwnMachine(req.raw, env);
    else if (!hasToken(req.header('authorization'), token)) throw withoutToken(what);
    await next();
  };
}

const withoutToken = (what: string) =>
  new TelemetryError(
    'REQUEST_UNAUTHORIZED',
    `${what} needs the header "Authorization: Bearer <key>", with the key of this server for it.`,
  );
