import { TelemetryError } from '../../../internal/index.js';
import { readAnswerWithin } from './read-answer-within.js';
import type { Service } from './service.js';

export interface Question {
  /** Below the origin, such as `/api/v1/config/me`; with the query, where there is one. */
  readonly path: string;
  readonly method?: 'GET' | 'PUT';
  /** The header `Authorization`. */
  readonly authorization: string;
  readonly contentType?: string | undefined;
  readonly ifMatch?: string | undefined;
  readonly body?: Uint8Array<ArrayBuffer> | undefined;
}

/** An answer as it came. Its body has been read, and is small. */
export interface ServiceAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 1_048_576;

/**
 * Ask a service with these headers and no other.
 *
 * @param maxAnswerBytes - a mebibyte unless given
 * @throws {TelemetryError} `UPSTREAM_UNAVAILABLE` when there is no answer within ten seconds, or a larger one. Names no host.
 */
export function askService(
  service: Service,
  question: Question,
  maxAnswerBytes = MAX_ANSWER_BYTES,
): Promise<ServiceAnswer> {
  return inTime(async (signal) => {
    const answer = await service(toRequest(question, signal));
    return {
      status: answer.status,
      headers: answer.headers,
      bytes: await readAnswerWithin(answer, maxAnswerBytes),
    };
  });
}

/**
 * As {@link askService}, for an answer that is handed on while it comes: only its beginning has to be there in time.
 *
 * @param whileAsked - ends the answer with whoever reads it
 */
export function openAnswer(service: Service, question: Question, whileAsked: AbortSignal): Promise<Response> {
  return inTime(async (signal) => service(toRequest(question, AbortSignal.any([signal, whileAsked]))));
}

async function inTime<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const end = new AbortController();
  const { signal } = end;
  const over = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  const timer = setTimeout(() => end.abort(new Error('No answer in time.')), TIMEOUT_MS);
  try {
    return await Promise.race([work(signal), over]);
  } catch {
    // Without the cause: it may name a host.
    throw new TelemetryError(
      'UPSTREAM_UNAVAILABLE',
      'The service behind this address does not answer. Try again in a moment.',
    );
  } finally {
    clearTimeout(timer);
  }
}

function toRequest(
  { path, method = 'GET', authorization, contentType, ifMatch, body }: Question,
  signal: AbortSignal,
): Request {
  const headers = new Headers({ authorization });
  if (contentType !== undefined) headers.set('content-type', contentType);
  if (ifMatch !== undefined) headers.set('if-match', ifMatch);
  if (body !== undefined) headers.set('content-length', String(body.byteLength));
  // The host is that of no machine: the service in this process looks at none, another one is put in its place.
  return new Request(`http://service.invalid${path}`, { method, headers, signal, body: body ?? null });
}
