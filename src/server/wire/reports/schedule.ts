/** When reports are sent. */
export interface ReportSchedule {
  /** A whole number, at least 1. */
  readonly heartbeatIntervalSeconds: number;
  /** The hour of the daily report: 0 to 23. */
  readonly analyticsHourUtc: number;
}

/** In words, as the end of a sentence: `every 5 minutes`, `daily at 02:00 UTC`. */
export interface ReportFrequency {
  readonly heartbeat: string;
  readonly daily: string;
}

export function describeFrequency({
  heartbeatIntervalSeconds,
  analyticsHourUtc,
}: ReportSchedule): ReportFrequency {
  return {
    heartbeat: `every ${describeInterval(heartbeatIntervalSeconds)}`,
    daily: `daily at ${String(analyticsHourUtc).padStart(2, '0')}:00 UTC`,
  };
}

const UNITS = [
  { unit: 'hour', seconds: 3600 },
  { unit: 'minute', seconds: 60 },
  { unit: 'second', seconds: 1 },
] as const;

/** In the largest unit that leaves no remainder: nobody is told a rounded interval. */
function describeInterval(seconds: number): string {
  const { unit, seconds: length } = UNITS.find(({ seconds: length }) => seconds % length === 0) ?? UNITS[2];
  const count = seconds / length;
  return count === 1 ? unit : `${count} ${unit}s`;
}
