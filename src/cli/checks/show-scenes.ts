import type { Report } from 'sotto/testing';
import { formatTable } from '../format-table.js';
import type { Writer } from '../writer.js';
import { showResult, titleOf, toSummary } from './show-report.js';

type Result = Report['results'][number];
type Status = Result['outcome']['status'];

/** A report for a person: a row for each scene, then what is wrong, why something was not checked, and how many there are of each kind. */
export function showScenes({ results }: Report, out: Writer): void {
  const scenes = [...new Set(results.map(({ scene }) => scene))];
  const ofScene = (scene: string | undefined) => results.filter((result) => result.scene === scene);
  const rows = scenes.map((scene = '') => [scene, ...toCells(ofScene(scene))]);
  out.lines(formatTable([['scene', 'passed', 'failed', 'not checked'], ...rows]));
  for (const result of results.filter(hasStatus('failed'))) {
    out.line();
    showResult(result, out);
  }
  for (const [because, checks] of toReasons(results)) {
    out.line();
    out.line(`Not checked: ${because}`);
    out.line(`    ${out.dim(checks.join(', '))}`);
  }
  out.line();
  out.line(toSummary(results));
}

const hasStatus =
  (status: Status) =>
  ({ outcome }: Result) =>
    outcome.status === status;

const STATUSES = ['passed', 'failed', 'not_checked'] as const satisfies readonly Status[];

/** How many of each kind; nothing where there is none, so that what is there is seen. */
const toCells = (results: readonly Result[]) =>
  STATUSES.map((status) => results.filter(hasStatus(status)).length).map((count) => count || '');

/** Each reason once, with the checks that it is about. */
function toReasons(results: readonly Result[]): ReadonlyMap<string, readonly string[]> {
  const reasons = new Map<string, string[]>();
  for (const result of results) {
    const { outcome } = result;
    if (outcome.status !== 'not_checked') continue;
    reasons.set(outcome.because, [...(reasons.get(outcome.because) ?? []), titleOf(result)]);
  }
  return reasons;
}
