import type { Context, Hono } from 'hono';
import { createRequestCounter } from '../../http/index.js';
import { answerFailure } from './failure.js';
import { answerPage, Page } from './page.js';
import { clearSessionId, readSessionId, writeSessionId } from './session-cookie.js';
import { type Door, signInPathOf, type WebEnv, type WebParts } from './web-env.js';

const MAX_ATTEMPTS_PER_SECOND = 5;
const MAX_TOKEN_LENGTH = 1_024;

const REFUSED = {
  refused: { status: 401, text: 'This token is not valid: it is unknown, expired or revoked.' },
  unavailable: {
    status: 503,
    text: 'The token could not be checked, because the service behind this page does not answer. Try again in a moment.',
  },
} as const;

/** The form by which somebody gets in through a door, at its sign-in path. The token is in no address and in no answer. */
export function addSignIn(app: Hono<WebEnv>, parts: WebParts, door: Door): void {
  const countAttempt = createRequestCounter(MAX_ATTEMPTS_PER_SECOND);
  const path = signInPathOf(door);

  app.get(path, (context) => answerForm(context, parts, door));
  app.post(path, async (context) => {
    const retryAfterSeconds = await countAttempt();
    if (retryAfterSeconds !== undefined) {
      const headers = { 'retry-after': String(retryAfterSeconds) };
      return answerFailure(context, parts, 'REQUEST_RATE_LIMITED', 'Wait a moment, and try again.', headers);
    }
    const token = context.var.form.get('token')?.trim() ?? '';
    const outcome = isTokenLike(token) ? await door.check(token) : 'refused';
    if (outcome !== 'accepted') return answerForm(context, parts, door, outcome);
    openSession(context, parts, door, token);
    return context.redirect(door.path, 303);
  });
}

/** What can stand in a header; no token has anything else. */
const isTokenLike = (token: string) => token.length <= MAX_TOKEN_LENGTH && /^[\x21-\x7e]+$/.test(token);

/** Let the browser in. It gets a new session id each time, so that nobody can have known it before. */
export function openSession(context: Context<WebEnv>, parts: WebParts, { slot }: Door, token: string): void {
  const id = parts.sessions.start(slot, token, readSessionId(context, parts));
  writeSessionId(context, parts, id);
}

/** End the session of the browser, if it has one. */
export function closeSession(context: Context<WebEnv>, parts: WebParts): void {
  const id = readSessionId(context, parts);
  if (id !== undefined) parts.sessions.end(id);
  clearSessionId(context, parts);
  context.set('session', undefined);
}

function answerForm(
  context: Context<WebEnv>,
  parts: WebParts,
  door: Door,
  refusal?: keyof typeof REFUSED,
): Response {
  const { status = 200, text } = refusal === undefined ? {} : REFUSED[refusal];
  const page = (
    <Page context={context} parts={parts} title="Sign in" tab={door.path}>
      <section class="card narrow">
        <h1>{door.title}</h1>
        <form class="sign-in" method="post" action={signInPathOf(door)} autocomplete="off">
          <label for="token">Token</label>
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

/** `POST /sign-out`, and the page that says that it is done. */
export function addSignOut(app: Hono<WebEnv>, parts: WebParts): void {
  app.post('/sign-out', (context) => {
    closeSession(context, parts);
    return context.redirect('/signed-out', 303);
  });
  app.get('/signed-out', (context) =>
    answerPage(
      context,
      <Page context={context} parts={parts} title="Signed out">
        <section class="card narrow">
          <h1>You are signed out</h1>
          <p>This browser has no access any more.</p>
          <p>
            <a href={parts.tabs[0]?.href ?? '/'}>Sign in again</a>
          </p>
        </section>
      </Page>,
    ),
  );
}
