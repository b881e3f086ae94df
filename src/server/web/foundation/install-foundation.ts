import type { Hono } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { type Door, doorOf } from './door.js';
import { answerError, answerFailure } from './failure.js';
import { guardChanges } from './guard-changes.js';
import { setPageHeaders } from './page-headers.js';
import { readSessionId } from './session-cookie.js';
import { addSignedOut, addSignIn, addSignOut } from './sign-in.js';
import type { WebEnv, WebParts } from './web-env.js';

/**
 * What stands before and behind all pages: headers, sessions, the check of every change, signing in and out, assets,
 * and how failures are told. To be installed before the routes of the pages.
 */
export function installFoundation(app: Hono<WebEnv>, parts: WebParts, doors: readonly Door[]): void {
  app.onError((error, context) => answerError(context, parts, error));
  app.notFound((context) =>
    answerFailure(context, parts, 'REQUEST_NOT_FOUND', 'There is nothing at this address.'),
  );
  app.use(setPageHeaders);
  app.use(async (context, next) => {
    const door = doorOf(doors, context.req.path);
    const id = door && readSessionId(context, door);
    context.set('door', door);
    context.set('session', id === undefined ? undefined : door && parts.sessions.find(door.slot, id));
    await next();
  });
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (context, methods) => {
        const allow = methods.join(', ');
        return answerFailure(context, parts, 'REQUEST_METHOD_NOT_ALLOWED', `Allowed here: ${allow}.`, {
          allow,
        });
      },
    }),
  );
  app.use(guardChanges(doors));
  app.get('/assets/:name', async (context) => {
    const { name } = context.req.param();
    const asset = await parts.assets.answer(name, context.req.header('if-none-match'));
    return asset ?? context.notFound();
  });
  for (const door of doors) {
    addSignIn(app, parts, door);
    addSignOut(app, parts, door);
  }
  addSignedOut(app, parts);
}
