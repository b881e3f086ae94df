import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context, HonoRequest, MiddlewareHandler } from 'hono';
import { TelemetryError } from '../../../internal/index.js';
import { callerOf, mediaTypeOf, readWithin } from '../../http/index.js';
import { type Door, signInPathOf } from './door.js';
import { assertOwnPage, isForeign } from './page-origin.js';
import type { WebEnv } from './web-env.js';

const READING = ['GET', 'HEAD', 'OPTIONS'];
const FORM = 'application/x-www-form-urlencoded';
const MAX_FORM_BYTES = 8_192;

/**
 * What every request that may change something has to pass: one of our own pages asks for it, and it carries the token of
 * the session, in the field `csrf` of a form or in the header `X-CSRF-Token`.
 * Nobody has a session yet for the form of a door.
 */
export function guardChanges(doors: readonly Door[]): MiddlewareHandler<WebEnv> {
  return async (context, next) => {
    const { req } = context;
    if (READING.includes(req.method)) return next();
    const signInTo = doors.find((door) => signInPathOf(door) === req.path);
    const publicUrl = (signInTo ?? context.var.door)?.publicUrl;
    const origin = callerOf(req.raw);
    if (hasOwnCredentials(req)) {
      if (isForeign(origin, publicUrl)) assertOwnPage(origin, publicUrl);
      return next();
    }
    const needsSession = signInTo === undefined;
    if (needsSession && context.var.session === undefined)
      throw new TelemetryError('REQUEST_UNAUTHORIZED', 'You are not signed in, or not any more. Sign in.');
    assertOwnPage(origin, publicUrl);
    if (mediaTypeOf(req.header('content-type')) === FORM) context.set('form', await readForm(req));
    if (needsSession) assertToken(context);
    return next();
  };
}

/** A program's own token, which no browser adds by itself. The API of settings looks at no cookie beside it. */
const hasOwnCredentials = (req: HonoRequest) =>
  req.path.startsWith('/api/config/') && req.header('authorization') !== undefined;

async function readForm(req: HonoRequest): Promise<URLSearchParams> {
  return new URLSearchParams(new TextDecoder().decode(await readWithin(req.raw, MAX_FORM_BYTES)));
}

function assertToken({ req, var: { session, form } }: Context<WebEnv>): void {
  const given = req.header('x-csrf-token') ?? form.get('csrf') ?? '';
  if (session !== undefined && timingSafeEqual(digest(given), digest(session.csrfToken))) return;
  throw new TelemetryError(
    'REQUEST_FORBIDDEN',
    'This page is out of date. Open it again, and repeat the change.',
  );
}

const digest = (text: string) => createHash('sha256').update(text).digest();
