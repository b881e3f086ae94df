/**
 * The moment that an event's `timestamp` names, in Unix milliseconds. What is finer than a millisecond is cut off.
 *
 * @param timestamp - ISO 8601 with an offset, whose minutes may follow without a colon
 * @returns NaN for what is none
 */
export function toOccurredAtMs(timestamp: string): number {
  if (AS_ENGINES_WRITE.test(timestamp)) return Date.parse(timestamp);
  const [, seconds, fraction = '', offset] = ISO.exec(timestamp) ?? [];
  if (seconds === undefined || offset === undefined) return Number.NaN;
  return Date.parse(`${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}${withColon(offset)}`);
}

/** Most are, and need nothing else. */
const AS_ENGINES_WRITE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const ISO = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d+))?(Z|[+-]\d{2}:?\d{2})$/;

/** Engines agree on no other spelling. */
const withColon = (offset: string) => offset.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
