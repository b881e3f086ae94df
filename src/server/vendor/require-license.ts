import type { MiddlewareHandler } from 'hono';
import { evaluateLicense } from '../db/vendor/license-state.js';
import {
  bearerTokenOf,
  createRequestCounter,
  type ProblemCode,
  problemOf,
  problemResponse,
} from '../http/index.js';
import type { VendorRoute } from './count-requests.js';
import { MAX_UNKNOWN_PER_SECOND, REQUEST_LIMITS } from './limits.js';
import type { VendorParts } from './options.js';
import type { VendorEnv } from './vendor-env.js';

/**
 * Lets requests pass that carry the key of a licence, also of one that was revoked or has expired. Of each licence there may be so many
 * in a time. Those without one are counted apart, for this process: nothing is written for them.
 */
export function createLicenseGuard({
  database: { licenses, requestLimits },
  now,
}: VendorParts): (route: VendorRoute) => MiddlewareHandler<VendorEnv> {
  const countUnknown = createRequestCounter(MAX_UNKNOWN_PER_SECOND);
  return (route) => async (context, next) => {
    const text = bearerTokenOf(context.req.header('authorization'));
    const license = text === undefined ? undefined : await licenses.verify(text);
    if (license === undefined) {
      const waitSeconds = await countUnknown();
      return waitSeconds === undefined ? refuseUnknown(text) : refuseMany(waitSeconds);
    }
    const waitSeconds = await requestLimits.count(REQUEST_LIMITS[route], license.licenseId);
    if (waitSeconds !== undefined) return refuseMany(waitSeconds);
    context.set('license', license);
    context.set('licenseState', evaluateLicense(license, now()));
    return next();
  };
}

/** Lets pass whose licence counts. To stand behind the guard. */
export const requireActive: MiddlewareHandler<VendorEnv> = async (context, next) => {
  const state = context.get('licenseState');
  if (state === 'active' || state === 'grace') return next();
  return refuse(
    'LICENSE_INACTIVE',
    state === 'revoked'
      ? 'The licence was revoked: nothing is received under it.'
      : 'The licence has expired, and so has its grace: nothing is received under it.',
  );
};

function refuseUnknown(text: string | undefined): Response {
  return refuse(
    'LICENSE_UNKNOWN',
    text === undefined
      ? 'This needs the header "Authorization: Bearer <licence key>".'
      : 'The licence key is not known here.',
    { 'www-authenticate': 'Bearer' },
  );
}

const refuseMany = (waitSeconds: number) =>
  refuse('REQUEST_RATE_LIMITED', 'Too many requests: wait.', { 'retry-after': String(waitSeconds) });

const refuse = (code: ProblemCode, detail: string, headers?: Record<string, string>) =>
  problemResponse(problemOf(code, detail), headers);
