/** A crash report that is kept, as far as its removal is concerned. */
export interface KeptReport {
  readonly path: string;
  readonly bytes: number;
  readonly modifiedMs: number;
}

export interface CrashLimits {
  readonly maxFiles: number;
  /** Of all reports together, and so of each. */
  readonly maxBytes: number;
  /** Whole days since a report was written. */
  readonly retentionDays: number;
}

const DAY_MS = 86_400_000;

/** Which reports have to go: those that are too old, and the oldest ones until the rest is few and small enough. */
export function decideCrashRemovals(
  reports: readonly KeptReport[],
  { maxFiles, maxBytes, retentionDays }: CrashLimits,
  nowMs: number,
): readonly string[] {
  const oldestMs = nowMs - retentionDays * DAY_MS;
  const newestFirst = reports.toSorted((a, b) => b.modifiedMs - a.modifiedMs);
  let bytes = 0;
  const isKept = (report: KeptReport, index: number) => {
    bytes += report.bytes;
    return index < maxFiles && bytes <= maxBytes && report.modifiedMs >= oldestMs;
  };
  const firstToGo = newestFirst.findIndex((report, index) => !isKept(report, index));
  return firstToGo < 0 ? [] : newestFirst.slice(firstToGo).map(({ path }) => path);
}
