import { cutCodePoints } from '../conversions/text-count.js';
import type { Finding } from './finding.js';
import { replaceFindings } from './spans.js';

/** Behind what may be kept, as much more is read as the longest secret that still has to be recognised takes. */
const OVERLAP = 4_096;
/** Findings make a text shorter, so more of it is read than is kept. */
const READ_PER_KEPT = 2;
const MAX_ROUNDS = 4;
const SPACE = /\s/;
/** What is left of a placeholder that was cut. */
const CUT_PLACEHOLDER = /<[A-Z_]{0,32}$/;

/**
 * Replace what is found in a text, then cut it to `maxCodePoints`. Only the beginning of a long text is read, and what may
 * reach beyond that is left out up to the last white space, so that no secret is cut in two before it is recognised.
 *
 * @param find - the findings in a text, sorted and disjoint
 * @returns a text in which `find` finds nothing
 */
export function cutRedacted(
  text: string,
  maxCodePoints: number,
  find: (text: string) => readonly Finding[],
): string {
  // A code point takes up to two UTF-16 units.
  const kept = Math.max(0, maxCodePoints) * 2 * READ_PER_KEPT;
  let redacted =
    text.length <= kept + OVERLAP
      ? redact(text, find)
      : redactBeginning(text.slice(0, kept + OVERLAP), kept, find);
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const cut = cutWhole(redacted, maxCodePoints);
    redacted = redact(cut, find);
    if (redacted === cut) return cut;
  }
  return '';
}

function redact(text: string, find: (text: string) => readonly Finding[]): string {
  const findings = find(text);
  return findings.length === 0 ? text : replaceFindings(text, findings);
}

/** The redacted first `kept` units of a window, less a last word that may go on behind them. */
function redactBeginning(window: string, kept: number, find: (text: string) => readonly Finding[]): string {
  const findings = find(window).filter(({ start }) => start < kept);
  const last = findings.at(-1);
  if (last && last.end >= kept) return replaceFindings(window.slice(0, last.end), findings);
  const end = lastSpace(window, kept, last?.end ?? 0);
  return replaceFindings(window.slice(0, end), findings);
}

function lastSpace(text: string, from: number, downTo: number): number {
  let end = from;
  while (end > downTo && !SPACE.test(text[end - 1]!)) end -= 1;
  return end;
}

/** Cutting the redacted text must not leave half a placeholder, which would look like something that stood in the text. */
function cutWhole(redacted: string, maxCodePoints: number): string {
  const cut = cutCodePoints(redacted, maxCodePoints);
  return cut.length < redacted.length ? cut.replace(CUT_PLACEHOLDER, '') : cut;
}
