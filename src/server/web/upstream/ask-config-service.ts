import { TelemetryError } from '../../../internal/index.js';
import type { ConfigService } from './config-service.js';
import { readAnswerWithin } from './read-answer-within.js';

export interface ConfigQuestion {
  /** Below the origin, such as `/api/v1/config/me`. */
  readonly path: string;
  readonly method?: 'GET' | 'PUT';
  /** The header `Authorization`. */
  readonly authorization: string;
  readonly contentType?: string | undefined;
  readonly ifMatch?: string | undefined;
  readonly body?: Uint8Array<ArrayBuffer> | undefined;
}

/** An answer as it came. Its body has been read, and is small. */
export interface ConfigAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 1_048_576;

/**
 * Ask the settings service with these headers and no other.
 *
 * @throws {TelemetryError} `UPSTREAM_UNAVAILABLE` when there is no answer within ten seconds, or a far too large one. Names no host.
 */
export async function askConfigService(
  service: ConfigService,
  question: ConfigQuestion,
  timeoutMs = TIMEOUT_MS,
): Promise<ConfigAnswer> {
  const signal = AbortSignal.timeout(timeoutMs);
  const over = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  try {
    return await Promise.race([ask(service, question, signal), over]);
  } catch {
    // Without the cause: it may name a host.
    throw new TelemetryError(
      'UPSTREAM_UNAVAILABLE',
      'The settings service does not answer. Try again in a moment.',
    );
  }
}

async function ask(
  service: ConfigService,
  { path, method = 'GET', authorization, contentType, ifMatch, body }: ConfigQuestion,
  signal: AbortSignal,
): Promise<ConfigAnswer> {
  const headers = new Headers({ authorization });
  if (contentType !== undefined) headers.set('content-type', contentType);
  if (ifMatch !== undefined) headers.set('if-match', ifMatch);
  if (body !== undefined) headers.set('content-length', String(body.byteLength));
  // The host is that of no machine: the service in this process looks at none, another one is put in its place.
  const request = new Request(`http://settings.invalid${path}`, {
    method,
    headers,
    signal,
    body: body ?? null,
  });
  const answer = await service(request);
  return {
    status: answer.status,
    headers: answer.headers,
    bytes: await readAnswerWithin(answer, MAX_ANSWER_BYTES),
  };
}
