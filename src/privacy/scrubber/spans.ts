import { type Finding, placeholderOf } from './finding.js';

/**
 * Sort findings and join those that overlap, so that nothing any rule recognised survives at the edge of another.
 *
 * @param findings - in order of precedence: a joined finding takes the kind of its earliest member
 * @returns sorted by `start`, pairwise disjoint; `findings` themselves when they are so already
 */
export function joinOverlaps(findings: Finding[]): Finding[] {
  if (areSortedAndDisjoint(findings)) return findings;
  const ranked = findings.map((finding, rank) => ({ finding, start: finding.start, end: finding.end, rank }));
  ranked.sort((a, b) => a.start - b.start || a.rank - b.rank);

  const joined: typeof ranked = [];
  for (const next of ranked) {
    const last = joined.at(-1);
    if (last === undefined || next.start >= last.end) {
      joined.push(next);
      continue;
    }
    last.end = Math.max(last.end, next.end);
    if (next.rank < last.rank) {
      last.rank = next.rank;
      last.finding = next.finding;
    }
  }
  return joined.map(({ finding, start, end }) => moved(finding, start, end));
}

function areSortedAndDisjoint(findings: readonly Finding[]): boolean {
  for (let next = 1; next < findings.length; next += 1) {
    if (findings[next]!.start < findings[next - 1]!.end) return false;
  }
  return true;
}

/** Put the placeholder of each finding in its place. `findings` are sorted and disjoint. */
export function replaceFindings(text: string, findings: readonly Finding[]): string {
  let replaced = '';
  let position = 0;
  for (const finding of findings) {
    replaced += text.slice(position, finding.start) + placeholderOf(finding);
    position = finding.end;
  }
  return replaced + text.slice(position);
}

/**
 * Translate findings in a redacted text back to the text it was made from. An edge inside a placeholder moves to the
 * outer edge of what the placeholder stands for.
 *
 * @param found - sorted, disjoint findings in `replaceFindings(text, replaced)`
 * @param replaced - the sorted, disjoint findings that were replaced
 */
export function toOriginal(found: readonly Finding[], replaced: readonly Finding[]): Finding[] {
  let passed = 0;
  let shift = 0;
  // Called with ascending offsets only, so that one walk over `replaced` serves them all.
  const translate = (offset: number, outerEdge: 'start' | 'end'): number => {
    for (; passed < replaced.length; passed += 1) {
      const { start, end } = replaced[passed]!;
      const placeholderEnd = start + shift + placeholderOf(replaced[passed]!).length;
      if (offset < placeholderEnd) {
        const isInside = outerEdge === 'start' ? offset >= start + shift : offset > start + shift;
        return isInside ? replaced[passed]![outerEdge] : offset - shift;
      }
      shift = placeholderEnd - end;
    }
    return offset - shift;
  };
  return found.map((finding) =>
    moved(finding, translate(finding.start, 'start'), translate(finding.end, 'end')),
  );
}

/** The same finding in another place. */
export function moved({ kind, placeholder }: Finding, start: number, end: number): Finding {
  return placeholder === undefined ? { kind, start, end } : { kind, start, end, placeholder };
}
