import { getSystemErrorMap } from 'node:util';

/** What Node, V8, libuv and their kind say in the same words each time; libuv's own are asked of Node. */
const MESSAGES = [
  'address already in use',
  'an error occurred',
  'assignment to constant variable',
  'callback called multiple times',
  'certificate has expired',
  'client network socket disconnected before secure TLS connection was established',
  'command not found',
  'connect timeout error',
  'headers timeout error',
  'body timeout error',
  'connection refused',
  'connection timed out',
  'duplicate key value violates unique constraint',
  'fetch failed',
  'internal error',
  'internal server error',
  'invalid argument',
  'invalid URL',
  'is a directory',
  'JavaScript heap out of memory',
  'JS heap out of memory',
  'key not found',
  'maximum call stack size exceeded',
  'network error',
  'no such file or directory',
  'not a directory',
  'not found',
  'not implemented',
  'operation canceled',
  'operation not permitted',
  'out of memory',
  'permission denied',
  'premature close',
  'read-only file system',
  'self-signed certificate',
  'self-signed certificate in certificate chain',
  'socket hang up',
  'the operation was aborted',
  'the operation was aborted due to timeout',
  'this operation was aborted',
  'timed out',
  'unable to get local issuer certificate',
  'unable to verify the first certificate',
  'unexpected end of file',
  'unexpected end of input',
  'unexpected end of JSON input',
  'unknown error',
];

const MAX_MESSAGE_WORDS = 12;

let known: ReadonlySet<string> | undefined;

/**
 * The end of the longest message of a closed list that stands at a position; undefined where none does.
 *
 * @remarks In any case. It ends where a clause does, so that nobody's sentence begins with one.
 */
export function fixedMessageEnd(text: string, from: number): number | undefined {
  known ??= new Set(
    [...MESSAGES, ...[...getSystemErrorMap().values()].map(([, message]) => message)].map(lower),
  );
  const clause = /[^,.;:?!"'`()<>]{1,120}/y;
  clause.lastIndex = from;
  const words = lower(clause.exec(text)?.[0] ?? '').trimEnd();
  return words.split(' ').length <= MAX_MESSAGE_WORDS && known.has(words) ? from + words.length : undefined;
}

const lower = (text: string): string => text.toLowerCase();
