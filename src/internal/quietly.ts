/** Telemetry never harms its host: what goes wrong in `work` costs its result, and nothing else. */
export function quietly<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
