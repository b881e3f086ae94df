import type { CheckResult, Report } from 'sotto/testing';
import type { Writer } from '../writer.js';

const MARKS = {
  passed: { symbol: '✓', word: 'ok' },
  failed: { symbol: '✗', word: 'FAILED' },
  not_checked: { symbol: '–', word: 'not checked' },
} as const;

/** A report for a person: a line for each check, what is wrong below it, and how many there are of each kind. */
export function showReport({ results }: Report, out: Writer): void {
  for (const result of results) showResult(result, out);
  out.line();
  out.line(toSummary(results));
}

/** What is wrong by one check, with what to do about it. */
export function showResult(result: CheckResult, out: Writer): void {
  const { promise, outcome } = result;
  const { symbol, word } = MARKS[outcome.status];
  out.line(`${out.style.unicode ? symbol : word} ${out.bold(titleOf(result))}  ${promise}`);
  if (outcome.status === 'not_checked') out.line(`    Not checked: ${outcome.because}`);
  if (outcome.status !== 'failed') return;
  for (const { message, advice } of outcome.findings) {
    out.line(`    ${message}`);
    out.line(`    ${out.dim(advice)}`);
  }
}

/** A check by its name, and where it is made. */
export const titleOf = ({ check, scene }: CheckResult): string =>
  scene === undefined ? check : `${check} (${scene})`;

/** `5 passed, 1 failed, 2 not checked.` */
export function toSummary(results: Report['results']): string {
  const count = (status: CheckResult['outcome']['status']) =>
    results.filter(({ outcome }) => outcome.status === status).length;
  return `${count('passed')} passed, ${count('failed')} failed, ${count('not_checked')} not checked.`;
}
