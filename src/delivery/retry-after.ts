/** A server may silence a client for so long, not longer: a typing mistake must not be forever. */
const MAX_RETRY_AFTER_MS = 86_400_000;

/** Stricter than `Date.parse`, which takes `1.5` for a day in January and a date without zone for local time. */
const HTTP_DATE = /^[A-Z][a-z]{2,8}, .+ GMT$/;

/**
 * `Retry-After` as RFC 9110, section 10.2.3, has it: whole seconds or an HTTP date. The date form without zone, obsolete for
 * decades, counts as unreadable.
 *
 * @param header - the header's value, or null when there was none
 * @param nowMs - the clock, for dates
 * @returns milliseconds from now, 0 to one day; undefined when there is no header or it cannot be read
 */
export function parseRetryAfter(header: string | null, nowMs: number): number | undefined {
  const text = header?.trim() ?? '';
  const waitMs = readWaitMs(text, nowMs);
  return Number.isNaN(waitMs) ? undefined : Math.min(Math.max(waitMs, 0), MAX_RETRY_AFTER_MS);
}

/** @returns NaN when the text is neither */
function readWaitMs(text: string, nowMs: number): number {
  if (/^\d{1,10}$/.test(text)) return Number(text) * 1_000;
  return HTTP_DATE.test(text) ? Date.parse(text) - nowMs : Number.NaN;
}
