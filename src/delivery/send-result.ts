/** What became of one request. */
export type SendResult =
  /** `receipt` is what the server signed of the events of this request, in their order, if it did. */
  | { readonly status: 'accepted'; readonly receipt?: string }
  /**
   * Not now: the events are kept. `afterMs` is what the server asked for, when it said. `isUnreachable` when nothing answered
   * that speaks for the server: more likely a closed network than a server in trouble.
   */
  | { readonly status: 'retry'; readonly afterMs?: number; readonly isUnreachable?: boolean }
  /** The request was too large: worth another try in two halves. */
  | { readonly status: 'too_large' }
  /** Never: sending the same again would be refused again. */
  | { readonly status: 'rejected' };

/** What a request came to: a whole HTTP answer, or none. */
export type RequestOutcome =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** Whether the answer is HTML, as for people. */
      readonly isPage: boolean;
      readonly retryAfterMs: number | undefined;
    }
  | { readonly kind: 'failed' };

const UNREACHABLE: SendResult = { status: 'retry', isUnreachable: true };

/**
 * What an outcome means for the events that were in the request.
 *
 * No answer, one that ended early, 408, 429 and 5xx may pass: the events are kept. So are they at a redirect, which is
 * never followed with a body, at a page for people in place of an acceptance, and where a proxy wants to know who asks: that
 * is a closed network rather than a decision of the server. Any other 4xx is final.
 *
 * @remarks Of a 2xx the status line decides, whatever its body holds: what was accepted may arrive twice otherwise. An event
 * whose acceptance was cut off does arrive twice; a server counts it once, by its `uuid`.
 */
export function toSendResult(outcome: RequestOutcome): SendResult {
  if (outcome.kind === 'failed' || !speaksForServer(outcome)) return UNREACHABLE;
  const { status, retryAfterMs } = outcome;
  if (isSuccess(status)) return { status: 'accepted' };
  if (status === 413) return { status: 'too_large' };
  const isFinal = status >= 400 && status < 500 && status !== 408 && status !== 429;
  if (isFinal) return { status: 'rejected' };
  return retryAfterMs === undefined ? { status: 'retry' } : { status: 'retry', afterMs: retryAfterMs };
}

interface Answer {
  readonly status: number;
  readonly isPage: boolean;
}

/** 407 comes from a proxy, 511 from a network that wants a person to log in. */
function speaksForServer({ status, isPage }: Answer): boolean {
  const isRedirect = status >= 300 && status < 400;
  return !isRedirect && status !== 407 && status !== 511 && !(isSuccess(status) && isPage);
}

const isSuccess = (status: number) => status >= 200 && status < 300;
