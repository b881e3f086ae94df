import type { OpenAPIHono } from '@hono/zod-openapi';
import type { HonoRequest } from 'hono';
import { cors } from 'hono/cors';
import { readLocalApiToken } from '../../../store/index.js';
import {
  assertHost,
  assertLocalAddress,
  assertOrigin,
  callerOf,
  createRequestCounter,
  hasToken,
} from '../../http/index.js';
import type { LocalApiParts } from '../parts.js';
import { refuse } from '../problem.js';
import { takeJsonBody } from './json-body.js';
import { withoutToken } from './without-token.js';

/** Requests that carry the token, as far as they have been looked at. */
const known = new WeakSet<HonoRequest>();

/**
 * What every request has to pass: it comes from this machine, to this machine, from no foreign page, and not too often. Whoever
 * has the token is counted apart, so that nobody else can keep a person from saying no.
 */
export function guardEverything(app: OpenAPIHono, { consent, options }: LocalApiParts): void {
  const { allowedHosts, allowedOrigins, allowRemote } = options;
  const countWithToken = createRequestCounter(options.maxRequestsPerSecond);
  const countOthers = createRequestCounter(options.maxRequestsPerSecond);
  const answerPages = cors({
    origin: [...allowedOrigins],
    allowMethods: ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE'],
    allowHeaders: ['Authorization', 'Content-Type'],
    exposeHeaders: ['Content-Disposition', 'Retry-After'],
  });

  app.use(async (context, next) => {
    if (!allowRemote) assertLocalAddress(context.env);
    const caller = callerOf(context.req.raw);
    const { host, origin } = caller;
    assertHost(host, allowedHosts);
    assertOrigin(caller, allowedOrigins);
    return origin !== undefined && allowedOrigins.includes(origin) ? answerPages(context, next) : next();
  });
  app.use(async (context, next) => {
    const isKnown = hasToken(context.req.header('authorization'), readLocalApiToken(consent.directory));
    if (isKnown) known.add(context.req);
    const retryAfterSeconds = await (isKnown ? countWithToken() : countOthers());
    if (retryAfterSeconds === undefined) return next();
    const headers = { 'retry-after': String(retryAfterSeconds) };
    return refuse(consent, 'REQUEST_RATE_LIMITED', 'Too many requests: wait, and try again.', { headers });
  });
}

/** What every request but the look at the health has to pass: it carries the token, and a body that is fit to be read. */
export function guardTheRest(app: OpenAPIHono, { consent, refresh, options }: LocalApiParts): void {
  app.use(async ({ req }, next) => {
    if (!known.has(req)) throw withoutToken(consent.settings.command);
    await next();
  });
  app.use(takeJsonBody(options.maxBodyBytes));
  app.use(async (_context, next) => {
    // Another process may have written the answer just now.
    refresh();
    await next();
  });
}
