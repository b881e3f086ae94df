import type { Context, Hono } from 'hono';
import { createRequestCounter } from '../../http/index.js';
import { type Door, signInPathOf, signOutPathOf } from './door.js';
import { answerFailure } from './failure.js';
import { answerPage, Page } from './page.js';
import { clearSessionId, readSessionId, writeSessionId } from './session-cookie.js';
import type { WebEnv, WebParts } from './web-env.js';

/** Of all callers together. */
const MAX_REFUSED_PER_SECOND = 5;
const MAX_TOKEN_LENGTH = 1_024;

const REFUSED = {
  refused: { status: 401, text: 'This token is not valid: it is unknown, expired or revoked.' },
  unavailable: {
    status: 503,
    text: 'This could not be checked, because the service behind this page does not answer. Try again in a moment.',
  },
} as const;

/**
 * The form by which somebody gets in through a door, at its sign-in path. The token is in no address and in no answer. Refusals
 * are counted, and while there are too many of them only these are told to wait: nobody can keep others from signing in.
 */
export function addSignIn(app: Hono<WebEnv>, parts: WebParts, door: Door): void {
  const countRefused = createRequestCounter(MAX_REFUSED_PER_SECOND);
  const path = signInPathOf(door);

  app.get(path, (context) => answerForm(context, parts, door));
  app.post(path, async (context) => {
    const token = context.var.form.get('token')?.trim() ?? '';
    const outcome = isTokenLike(token) ? await door.check(token) : 'refused';
    if (outcome === 'accepted') {
      openSession(context, parts, door, token);
      return context.redirect(door.page, 303);
    }
    const retryAfterSeconds = outcome === 'refused' ? await countRefused() : undefined;
    if (retryAfterSeconds === undefined) return answerForm(context, parts, door, outcome);
    const headers = { 'retry-after': String(retryAfterSeconds) };
    return answerFailure(context, parts, 'REQUEST_RATE_LIMITED', 'Wait a moment, and try again.', headers);
  });
}

/** What can stand in a header; no token has anything else. */
const isTokenLike = (token: string) => token.length <= MAX_TOKEN_LENGTH && /^[\x21-\x7e]+$/.test(token);

/** Let the browser in. It gets a new session id each time, so that nobody can have known it before. */
export function openSession(context: Context<WebEnv>, parts: WebParts, door: Door, token: string): void {
  const id = parts.sessions.start(door.slot, token, readSessionId(context, door));
  writeSessionId(context, door, id);
}

/** End the session that the browser has behind this door, if it has one. */
export function closeSession(context: Context<WebEnv>, parts: WebParts, door: Door): void {
  const id = readSessionId(context, door);
  if (id !== undefined) parts.sessions.end(id);
  clearSessionId(context, door);
  context.set('session', undefined);
}

function answerForm(
  context: Context<WebEnv>,
  parts: WebParts,
  door: Door,
  refusal?: keyof typeof REFUSED,
): Response {
  const { status = 200, text: usual } = refusal === undefined ? {} : REFUSED[refusal];
  const text = refusal === 'refused' ? (door.refusal ?? usual) : usual;
  const page = (
    <Page context={context} parts={parts} title="Sign in" tab={door.path}>
      <section class="card narrow">
        <h1>{door.title}</h1>
        <form class="sign-in" method="post" action={signInPathOf(door)} autocomplete="off">
          <label for="token">{door.label ?? 'Token'}</label>
          <input
            id="token"
            name="token"
            type="password"
            required
            maxlength={MAX_TOKEN_LENGTH}
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            aria-describedby={text === undefined ? 'token-hint' : 'token-problem token-hint'}
            {...(text === undefined ? {} : { 'aria-invalid': refusal === 'refused' })}
          />
          {text !== undefined && (
            <p id="token-problem" class="problem" role="alert">
              {text}
            </p>
          )}
          <button type="submit">Sign in</button>
          <p id="token-hint" class="hint">
            {door.hint}
          </p>
          {door.command !== undefined && (
            <pre class="command">
              <code>{door.command}</code>
            </pre>
          )}
        </form>
      </section>
    </Page>
  );
  return answerPage(context, page, status);
}

/** Where the forms of a door's pages end its session. */
export function addSignOut(app: Hono<WebEnv>, parts: WebParts, door: Door): void {
  app.post(signOutPathOf(door), (context) => {
    closeSession(context, parts, door);
    return context.redirect('/signed-out', 303);
  });
}

/** The page that says that it is done. */
export function addSignedOut(app: Hono<WebEnv>, parts: WebParts): void {
  app.get('/signed-out', (context) =>
    answerPage(
      context,
      <Page context={context} parts={parts} title="Signed out">
        <section class="card narrow">
          <h1>You are signed out</h1>
          <p>This browser has no access to this page any more.</p>
          <p>
            <a href={parts.tabs[0]?.href ?? '/'}>Sign in again</a>
          </p>
        </section>
      </Page>,
    ),
  );
}
