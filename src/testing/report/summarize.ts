import type { CheckOutcome, CheckResult, Report } from '../report.js';

/** How many checks came to which outcome. */
export type Summary = Readonly<Record<CheckOutcome['status'], number>>;

export function summarize({ results }: Report): Summary {
  const count = (status: CheckOutcome['status']) =>
    results.filter(({ outcome }) => outcome.status === status).length;
  return { passed: count('passed'), failed: count('failed'), not_checked: count('not_checked') };
}

/** A check by its name, and where it is made. */
export const titleOf = ({ check, scene }: CheckResult): string =>
  scene === undefined ? check : `${check} (${scene})`;
