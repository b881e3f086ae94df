/** What became of one request. */
export type SendResult =
  | { readonly status: 'accepted' }
  /** Not now: the events are kept. `afterMs` is what the server asked for, when it said. */
  | { readonly status: 'retry'; readonly afterMs?: number }
  /** The request was too large: worth another try in two halves. */
  | { readonly status: 'too_large' }
  /** Never: sending the same again would be refused again. */
  | { readonly status: 'rejected' };

/** What a request came to: an HTTP answer, or none at all. */
export type RequestOutcome =
  | { readonly kind: 'answered'; readonly status: number; readonly retryAfterMs: number | undefined }
  | { readonly kind: 'failed' };

/**
 * What an outcome means for the events that were in the request.
 *
 * No answer, 408, 429 and 5xx may pass: the events are kept. So are they at a redirect, which is never followed with a
 * body: it is more often a closed network's login page than a decision of the server. Any other 4xx is final.
 */
export function toSendResult(outcome: RequestOutcome): SendResult {
  if (outcome.kind === 'failed') return { status: 'retry' };
  const { status, retryAfterMs } = outcome;
  if (status >= 200 && status < 300) return { status: 'accepted' };
  if (status === 413) return { status: 'too_large' };
  const isFinal = status >= 400 && status < 500 && status !== 408 && status !== 429;
  if (isFinal) return { status: 'rejected' };
  return retryAfterMs === undefined ? { status: 'retry' } : { status: 'retry', afterMs: retryAfterMs };
}
