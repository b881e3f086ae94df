import { ApiRequest, HTTP_METHODS, OPERATION_LATENCY } from '../../events/index.js';
import { quietly } from '../../internal/index.js';
import { toRouteTemplate } from '../../privacy/index.js';
import { type Recording, startTimer } from './recording.js';

export interface RequestRoute {
  readonly method: string;
  /** The template of the route, such as `/contacts/:id`: never the URL, in which words that identify look like a template's. */
  readonly route: string;
}

export interface AnsweredRequest extends RequestRoute {
  readonly status: number;
}

export interface RequestOptions {
  /** Record each request as an event of its own, `<app>.api.request`. True unless given. */
  readonly event?: boolean;
}

/**
 * Call when a request begins, and what it returns once the request is answered; a second call of that does nothing.
 * Neither throws.
 */
export type StartRequest = (options?: RequestOptions) => (request: AnsweredRequest) => void;

export function createStartRequest(recording: Recording): StartRequest {
  return (options) => {
    const durationMs = startTimer(recording);
    let isAnswered = false;
    return (request) => {
      if (isAnswered) return;
      isAnswered = true;
      quietly(() => {
        const { status } = request;
        const endpoint = toRouteTemplate(request.route);
        const method = toMethod(request.method);
        const status_class = `${Math.floor(status / 100)}xx`;
        const series = { operation_type: 'api.request', endpoint, method, status_class };
        recording.metric(OPERATION_LATENCY, { ...series, duration_ms: durationMs() });
        if (options?.event ?? true)
          recording.record(Object.assign(new ApiRequest(), { endpoint, method, status }));
      });
    };
  };
}

/** Anybody can send a request with a method of their own, and each would be a series. */
function toMethod(method: string): string {
  const upper = method.toUpperCase();
  return HTTP_METHODS.some((known) => known === upper) ? upper : 'other';
}
