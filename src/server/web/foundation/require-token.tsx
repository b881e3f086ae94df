import type { Context } from 'hono';
import { type Door, signInPathOf } from './door.js';
import { answerFailure, wantsPage } from './failure.js';
import { answerPage, Page } from './page.js';
import { closeSession } from './sign-in.js';
import type { WebEnv, WebParts } from './web-env.js';

/** The token by which the browser got in through a door; undefined when it is not signed in there. */
export function tokenOf(context: Context<WebEnv>, { slot }: Pick<Door, 'slot'>): string | undefined {
  const { session } = context.var;
  return session?.slot === slot ? session.token : undefined;
}

/** Answers who is signed in behind a door, by the token by which they are. */
export type Route = (context: Context<WebEnv>, token: string) => Response | Promise<Response>;

/** A route for those alone who are signed in behind the door. */
export const behindDoor =
  (parts: WebParts, door: Door, route: Route) =>
  (context: Context<WebEnv>): Response | Promise<Response> => {
    const token = tokenOf(context, door);
    return token === undefined ? answerSignedOut(context, parts, door) : route(context, token);
  };

/**
 * Answer a browser that is not signed in: lead people to the form, tell scripts with a 401.
 */
export function answerSignedOut(context: Context<WebEnv>, parts: WebParts, door: Door): Response {
  if (!wantsPage(context))
    return answerFailure(context, parts, 'REQUEST_UNAUTHORIZED', 'You are not signed in. Sign in again.');
  // A link on a page of another site does not carry the cookie. Asking again from a page of ours does.
  if (context.req.header('sec-fetch-site') === 'cross-site') return answerForward(context, parts, door.path);
  return context.redirect(signInPathOf(door), 303);
}

/** As {@link answerSignedOut}, when the service behind the page does not know the token any more. */
export function answerTokenRefused(context: Context<WebEnv>, parts: WebParts, door: Door): Response {
  closeSession(context, parts, door);
  return answerSignedOut(context, parts, door);
}

/** A page that leaves for `path` at once: unlike a redirect, that request is one of our own pages. */
export function answerForward(context: Context<WebEnv>, parts: WebParts, path: string): Response {
  context.header('referrer-policy', 'no-referrer');
  const page = (
    <Page context={context} parts={parts} title="One moment" refreshTo={path}>
      <section class="card narrow">
        <p>
          <a href={path}>Continue</a>
        </p>
      </section>
    </Page>
  );
  return answerPage(context, page);
}
