/** A time as OpenTelemetry has it. */
export type HrTime = [seconds: number, nanoseconds: number];

/** @param timeMs - since 1970, fractions allowed; a time before 1970, which OTLP has none for, counts as its start */
export function toHrTime(timeMs: number): HrTime {
  const microseconds = Math.round(Math.max(timeMs, 0) * 1_000);
  const seconds = Math.floor(microseconds / 1_000_000);
  return [seconds, (microseconds - seconds * 1_000_000) * 1_000];
}
