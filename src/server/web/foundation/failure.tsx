import type { Context } from 'hono';
import { isTelemetryError, quietly } from '../../../internal/index.js';
import { isProblemCode, type ProblemCode, problemOf, problemResponse } from '../../http/index.js';
import { answerPage, Page } from './page.js';
import type { WebEnv, WebParts } from './web-env.js';

/** Whether a person looks at the answer, as opposed to a script or a program. */
export function wantsPage({ req }: Context): boolean {
  return !req.path.startsWith('/api/') && (req.header('accept') ?? '').includes('text/html');
}

/** Say that something could not be done: as a page for people, as a problem for programs. Never shows what was sent. */
export function answerFailure(
  context: Context<WebEnv>,
  parts: WebParts,
  code: ProblemCode,
  detail: string,
  headers: Record<string, string> = {},
): Response {
  const problem = problemOf(code, detail);
  if (!wantsPage(context)) {
    const challenge = code === 'REQUEST_UNAUTHORIZED' ? { 'www-authenticate': 'Bearer' } : {};
    return problemResponse(problem, { ...challenge, ...headers });
  }
  for (const [name, value] of Object.entries(headers)) context.header(name, value);
  const page = (
    <Page context={context} parts={parts} title={problem.title}>
      <section class="card narrow">
        <h1>{problem.title}</h1>
        <p>{problem.detail}</p>
        <p>
          <a href={startOf(context)}>Back to the start</a>
        </p>
      </section>
    </Page>
  );
  return answerPage(context, page, problem.status);
}

const startOf = ({ var: { door, session } }: Context<WebEnv>) =>
  (session === undefined ? undefined : door?.page) ?? '/';

/** Answer a thrown error: a refusal with its own code, anything else with a 500 that says nothing. */
export function answerError(context: Context<WebEnv>, parts: WebParts, error: unknown): Response {
  if (isTelemetryError(error) && isProblemCode(error.code))
    return answerFailure(context, parts, error.code, error.message);
  quietly(() => parts.onFailure(error));
  return answerFailure(context, parts, 'SERVER_FAILED', 'This page failed. Try again.');
}
