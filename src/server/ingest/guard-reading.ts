import type { MiddlewareHandler } from 'hono';
import { TelemetryError } from '../../internal/index.js';
import { assertOwnMachine, hasToken } from '../http/index.js';

/**
 * Who may read what was received: whoever shows the key, or, where there is none, programs of this machine. A page of the internet
 * is none of them, whatever name it gives this machine.
 */
export function guardReading(readKey: string | undefined): MiddlewareHandler {
  return async ({ env, req }, next) => {
    if (readKey === undefined) assertOwnMachine(req.raw, env);
    else if (!hasToken(req.header('authorization'), readKey)) throw WITHOUT_KEY();
    await next();
  };
}

const WITHOUT_KEY = () =>
  new TelemetryError(
    'REQUEST_UNAUTHORIZED',
    'Reading needs the header "Authorization: Bearer <key>", with the key for reading of this server.',
  );
