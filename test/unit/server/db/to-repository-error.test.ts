import { describe, expect, it } from 'vitest';
import { TelemetryError } from '../../../../src/internal/index.js';
import { RepositoryError } from '../../../../src/server/db/errors.js';
import { toRepositoryError } from '../../../../src/server/db/to-repository-error.js';

const withCode = (code: string) => Object.assign(new Error('of user canary at 10.0.0.7'), { code });
/** As drizzle wraps what a driver throws. */
const wrapped = (cause: Error) => new Error('Failed query: select canary\nparams: canary', { cause });

describe('what is told of a failure of the database', () => {
  it.each([
    'ECONNREFUSED',
    'ECONNRESET',
    'EPIPE',
    'ENOTFOUND',
    'EAI_AGAIN',
    'ETIMEDOUT',
    '08000',
    '08006',
    '53300',
    '57014',
    '57P01',
    '57P02',
    '57P03',
    '55P03',
    '25P03',
  ])('calls %s an outage, wrapped or not', (code) => {
    for (const error of [withCode(code), wrapped(withCode(code)), new AggregateError([withCode(code)])]) {
      expect(toRepositoryError(error)).toMatchObject({
        name: 'RepositoryError',
        code: 'DATABASE_UNAVAILABLE',
      });
    }
  });

  it.each([
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'timeout exceeded when trying to connect',
    'Query read timeout',
    'Client has encountered a connection error and is not queryable',
    'Cannot use a pool after calling end on the pool',
    'PGlite is closed',
  ])('calls "%s" an outage', (message) => {
    expect(toRepositoryError(wrapped(new Error(message))).code).toBe('DATABASE_UNAVAILABLE');
  });

  it.each(['23505', '42P01', '28P01', '3D000', 'XX000', 'P0001'])('names SQLSTATE %s', (state) => {
    const error = toRepositoryError(wrapped(withCode(state)));
    expect(error.code).toBe('DATABASE_FAILED');
    expect(error.message).toContain(state);
  });

  it.each(['22001', '22021'])('calls a text that cannot be kept, %s, a mistake of the caller', (state) => {
    expect(toRepositoryError(withCode(state)).code).toBe('REQUEST_INVALID');
  });

  it.each([new TypeError('canary'), 'canary', undefined, null, { code: 7 }, withCode('canary')])(
    'calls %s a failure without a reason',
    (thrown) => {
      expect(toRepositoryError(thrown)).toMatchObject({ name: 'RepositoryError', code: 'DATABASE_FAILED' });
    },
  );

  it('tells nothing of the message, the query or the cause', () => {
    for (const thrown of [
      wrapped(withCode('23505')),
      wrapped(withCode('ECONNREFUSED')),
      'canary',
      withCode('canary'),
    ]) {
      const error = toRepositoryError(thrown);
      expect(error.cause).toBeUndefined();
      expect(`${error.stack} ${JSON.stringify(error)}`).not.toMatch(/canary|10\.0\.0\.7/);
    }
  });

  it('leaves our own errors as they are, though a driver has wrapped them', () => {
    const own = new TelemetryError('REQUEST_INVALID', 'cursor must be the nextCursor of an earlier page.');
    const newer = new RepositoryError('DATABASE_NEWER', 'A later version.');
    expect(toRepositoryError(own)).toBe(own);
    expect(toRepositoryError(wrapped(newer))).toBe(newer);
  });

  it('ends for errors that are their own cause', () => {
    const circular = new Error('canary');
    circular.cause = circular;
    expect(toRepositoryError(circular).code).toBe('DATABASE_FAILED');
  });
});
