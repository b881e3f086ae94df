let [lastMs, lastIso] = [0, '1970-01-01T00:00:00.000Z'];

/**
 * ISO 8601, UTC, milliseconds.
 *
 * @remarks The last one is remembered: many events are of one moment, and a date takes longer than the rest of a line.
 */
export function toIso(timeMs: number): string {
  if (timeMs !== lastMs) [lastMs, lastIso] = [timeMs, new Date(timeMs).toISOString()];
  return lastIso;
}
