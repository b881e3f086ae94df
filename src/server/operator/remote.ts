import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { TelemetryError } from '../../internal/index.js';
import { RepositoryError } from '../db/errors.js';
import type { Announcement } from './announcement.js';
import { OPERATOR_PATH } from './app.js';
import { OPERATOR_RESULTS, parseOperatorCommand } from './commands/index.js';
import type { Operator } from './operator.js';

const TIMEOUT_MS = 15_000;

/** The process that had the database is no more, does not answer, or something else answers in its place. */
export class UnreachableError extends RepositoryError {
  constructor() {
    super(
      'DATABASE_UNAVAILABLE',
      'The process that has the database does not answer as this version of Sotto does. See that `sotto serve` of this version runs, or end it, and try again.',
    );
  }
}

/**
 * An operator who works through the process that has the database.
 *
 * @remarks `perform` throws {@link UnreachableError} when there is no such process any more.
 */
export function createRemoteOperator(announcement: Announcement): Operator {
  return {
    async perform(command) {
      parseOperatorCommand(command);
      const { status, body } = await post(announcement, JSON.stringify(command));
      const answered = toJson(body);
      if (status !== 200) throw toError(answered);
      const { success, data } = OPERATOR_RESULTS[command.command].safeParse(answered);
      if (!success) throw new UnreachableError();
      return data as never;
    },
  };
}

/** To this machine alone: by no proxy, whatever the environment says. */
function post({ url, token }: Announcement, body: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const fail = () => reject(new UnreachableError());
    const sent = request(new URL(OPERATOR_PATH, url), {
      method: 'POST',
      agent: new Agent({ keepAlive: false }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      },
    });
    sent.on('error', fail);
    sent.on('response', (answer) => {
      text(answer).then((read) => resolve({ status: answer.statusCode ?? 0, body: read }), fail);
    });
    sent.end(body);
  });
}

function toJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** What the process that has the database says, in an error of this one. */
function toError(answered: unknown): Error {
  const { code, detail } = (answered ?? {}) as { code?: unknown; detail?: unknown };
  if (typeof detail !== 'string') return new UnreachableError();
  switch (code) {
    case 'REQUEST_UNAUTHORIZED':
    case 'REQUEST_NOT_FOUND':
      return new UnreachableError();
    case 'ORG_NOT_FOUND':
    case 'LICENSE_NOT_FOUND':
    case 'TELEMETRY_STOPPED':
      return new TelemetryError(code, detail);
    case 'DATABASE_UNAVAILABLE':
      return new RepositoryError(code, detail);
    default:
      return new RepositoryError('DATABASE_FAILED', detail);
  }
}
