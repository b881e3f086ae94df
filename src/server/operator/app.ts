import { Hono } from 'hono';
import { isTelemetryError, TelemetryError } from '../../internal/index.js';
import {
  assertOwnMachine,
  hasToken,
  parseJson,
  readWithin,
  refuseForError,
  refuseOtherMethods,
  setPrivateHeaders,
} from '../http/index.js';
import type { OperatorCommand } from './commands/index.js';
import { createOperator, type OperatorParts } from './perform/index.js';

/** Where a process answers the operator of its machine. */
export const OPERATOR_PATH = '/api/v1/operator';

export interface OperatorAppOptions extends OperatorParts {
  /** The secret that this process has announced: see `announceOperator`. */
  readonly token: string;
  /** Told of failures that are answered with status 500 or 503. */
  readonly onFailure?: (error: unknown) => void;
}

/** A licence with as many features as there may be, each as long as it may be and every character escaped, is smaller. */
const MAX_BYTES = 32_768;

/**
 * `POST /api/v1/operator` does what the operator asks for, while this process has the embedded database to itself. Only for programs
 * of this machine that can read what was announced. To mount at the root of a server, or to serve.
 */
export function createOperatorApp({ token, onFailure = () => {}, ...parts }: OperatorAppOptions): Hono {
  const operator = createOperator(parts);
  const app = new Hono();
  app.onError((error) => refuseForError(toRefusal(error), onFailure));

  app.use(OPERATOR_PATH, setPrivateHeaders);
  app.use(OPERATOR_PATH, async ({ req, env }, next) => {
    assertOwnMachine(req.raw, env);
    if (!hasToken(req.header('authorization'), token)) throw withoutToken();
    await next();
  });
  app.use(OPERATOR_PATH, refuseOtherMethods(app));
  app.post(OPERATOR_PATH, async (context) => {
    const command = parseJson(await readWithin(context.req.raw, MAX_BYTES));
    // It is looked at before it is performed.
    return context.json(await operator.perform(command as OperatorCommand));
  });
  return app;
}

const withoutToken = () =>
  new TelemetryError('REQUEST_UNAUTHORIZED', 'This is for the operator, by the command `sotto org`.');

/** A command that can be none is the request's fault here. */
function toRefusal(error: unknown): unknown {
  if (!isTelemetryError(error) || error.code !== 'OPTION_INVALID') return error;
  return new TelemetryError('REQUEST_UNPROCESSABLE', error.message);
}
