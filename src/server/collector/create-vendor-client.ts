import { loadHttpExchange, parseRetryAfter } from '../../delivery/index.js';
import { ConfigError } from '../../internal/index.js';
import { SERVICE_VARIABLES } from '../../settings/index.js';
import { toUnansweredReason } from './unanswered-reason.js';
import type { VendorClient, VendorOutcome, VendorRequest } from './vendor-client.js';

export interface VendorClientOptions {
  /** The address of the vendor service, with a path or without. Over `http` on this machine only. */
  readonly url: string;
  /** Is shown to that address, and told to nobody else. */
  readonly licenseKey: string;
  /** For a whole request: the connection, the question whether to send, and the answer to its end. */
  readonly timeoutMs: number;
  /** The proxy on the way to an address, asked for each connection. Where it throws, none is made. */
  readonly proxyFor: (url: URL) => URL | undefined;
}

type Start = NonNullable<VendorRequest['start']>;

/** How far a request came. */
interface Progress {
  /** Whether it was handed over. */
  hasLeft: boolean;
  /** Whether it was decided that it is not. */
  isWithheld: boolean;
}

const startAtOnce: Start = async (send) => {
  send();
  return true;
};

/**
 * Each request has a connection of its own: they are minutes apart, and one that fails takes no other with it. While one is under way, it
 * keeps the process alive.
 *
 * @throws {ConfigError} `OPTION_INVALID` for an address or a key that the settings would not take
 */
export function createVendorClient(options: VendorClientOptions): VendorClient {
  const { url, licenseKey, timeoutMs, proxyFor } = options;
  assertRule('url', url, SERVICE_VARIABLES.vendorServiceUrl);
  assertRule('licenseKey', licenseKey, SERVICE_VARIABLES.vendorLicenseKey);
  const base = url.replace(/\/+$/, '');

  async function exchange(request: VendorRequest, start: Start, signal: AbortSignal): Promise<VendorOutcome> {
    const { send } = await loadHttpExchange(proxyFor);
    const headers = {
      ...request.headers,
      'content-type': 'application/json',
      connection: 'close',
    };
    const secretHeaders = { authorization: `Bearer ${licenseKey}` };
    const { path, body } = request;
    const answer = await send(
      { url: new URL(base + path), method: 'POST', headers, secretHeaders, body },
      start,
      signal,
    );
    return {
      status: 'answered',
      httpStatus: answer.status,
      retryAfterMs: parseRetryAfter(answer.retryAfter ?? null, Date.now()),
      body: toJson(answer.body),
    };
  }

  return {
    async post(request) {
      const { start = startAtOnce, signal } = request;
      const progress: Progress = { hasLeft: false, isWithheld: false };
      const giveUp = new AbortController();
      const abort = () => {
        progress.isWithheld = !progress.hasLeft;
        giveUp.abort();
      };
      let isLate = false;
      const timer = setTimeout(() => {
        isLate = true;
        giveUp.abort();
      }, timeoutMs);
      signal?.addEventListener('abort', abort);
      if (signal?.aborted) abort();
      try {
        return await exchange(request, noting(progress, start, giveUp.signal), giveUp.signal);
      } catch (error) {
        if (progress.isWithheld) return { status: 'withheld' };
        const reason = isLate ? 'timeout' : toUnansweredReason(error);
        return { status: 'unanswered', reason, hasLeft: progress.hasLeft };
      } finally {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
      }
    },
  };
}

/** As `start`, with a note of what it has come to. */
function noting(progress: Progress, start: Start, signal: AbortSignal): Start {
  return async (send) => {
    try {
      return await start(() => {
        if (signal.aborted) return;
        progress.hasLeft = true;
        send();
      });
    } finally {
      progress.isWithheld = !progress.hasLeft;
    }
  };
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface Rule {
  readonly rule: string;
  readonly parse: (text: string) => string | undefined;
}

function assertRule(option: string, text: string, { rule, parse }: Rule): void {
  if (parse(text) === undefined) throw new ConfigError('OPTION_INVALID', `${option} must be ${rule}.`);
}
