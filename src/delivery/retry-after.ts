/** A server may silence a client for so long, not longer: a typing mistake must not be forever. */
const MAX_RETRY_AFTER_MS = 86_400_000;

/**
 * `Retry-After` as RFC 9110, section 10.2.3, has it: whole seconds or an HTTP date.
 *
 * @param header - the header's value, or null when there was none
 * @param nowMs - the clock, for dates
 * @returns milliseconds from now, 0 to one day; undefined when there is no header or it cannot be read
 */
export function parseRetryAfter(header: string | null, nowMs: number): number | undefined {
  const text = header?.trim() ?? '';
  if (text === '') return undefined;
  const waitMs = /^\d{1,10}$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - nowMs;
  return Number.isNaN(waitMs) ? undefined : Math.min(Math.max(waitMs, 0), MAX_RETRY_AFTER_MS);
}
