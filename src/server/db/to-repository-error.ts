import { isTelemetryError, type TelemetryError } from '../../internal/index.js';
import { RepositoryError } from './errors.js';

/** Node's names for a server that is not there, or no longer. */
const NETWORK_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'ENOTFOUND',
  'EAI_AGAIN',
  // The socket of a server on this machine that is not running.
  'ENOENT',
]);

/** Connection lost; too many of them; shut down, crashed or starting; a statement or a lock that took too long; shut out of a transaction. */
const UNAVAILABLE_STATES = /^(?:08...|53300|57P0[1-5]|57014|55P03|25P0[34])$/;

/** A string that is too long for its column, or holds what no text can. */
const UNFIT_STATES = /^(?:22001|22021)$/;

/** The drivers have no codes for these. */
const UNAVAILABLE_MESSAGES =
  /^(?:Connection terminated|timeout exceeded when trying to connect|timeout expired|Query read timeout|Client (?:was closed|has encountered a connection error)|Cannot use a pool after|PGlite is clos)/;

/**
 * What may be told of a driver's error: that the database is not there, or the SQLSTATE with which it refused.
 *
 * @returns errors of this package as they are; for all others a new one, without their message and without `cause`
 */
export function toRepositoryError(error: unknown): TelemetryError {
  const chain = causesOf(error);
  const own = chain.find(isTelemetryError);
  if (own !== undefined) return own;
  if (chain.some(saysUnavailable)) return new RepositoryError('DATABASE_UNAVAILABLE', UNAVAILABLE);
  const state = chain.map(sqlStateOf).find((found) => found !== undefined);
  if (state !== undefined && UNFIT_STATES.test(state)) return new RepositoryError('REQUEST_INVALID', UNFIT);
  return new RepositoryError('DATABASE_FAILED', describeFailure(state));
}

/** @returns true where it is not known whether the connection over which it came can still be used */
export function isUnavailable(error: unknown): boolean {
  return causesOf(error).some(saysUnavailable);
}

/** Do something, and tell its failure as {@link toRepositoryError} does. */
export async function withRepositoryErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toRepositoryError(error);
  }
}

function saysUnavailable(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (typeof code === 'string' && (NETWORK_CODES.has(code) || UNAVAILABLE_STATES.test(code))) return true;
  return typeof message === 'string' && UNAVAILABLE_MESSAGES.test(message);
}

/** The error, what it says caused it, and what it stands for when several addresses were tried. */
function causesOf(error: unknown, depth = 0): unknown[] {
  if (!(error instanceof Error) || depth > 4) return [error];
  const several = error instanceof AggregateError ? error.errors : [];
  return [error, ...[error.cause, ...several].flatMap((inner) => causesOf(inner, depth + 1))];
}

function sqlStateOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

const UNAVAILABLE =
  'The database does not answer, so that it is not known whether this was done. Try again, and look whether its server runs.';

const UNFIT =
  'A text is too long for the database, or holds characters that it cannot keep. Use a shorter, plain one.';

function describeFailure(state: string | undefined): string {
  if (state === undefined)
    return 'The database could not be used, for a reason that is not known. Try again.';
  return `The database refused with SQLSTATE ${state}. PostgreSQL's manual, appendix A, says what it means.`;
}
