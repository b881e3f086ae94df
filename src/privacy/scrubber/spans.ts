import { type Finding, type IdentifiableKind, PLACEHOLDERS } from './finding.js';

/**
 * Sort findings and join those that overlap, so that nothing any rule recognised survives at the edge of another.
 *
 * @param findings - in order of precedence: a joined finding takes the kind of its earliest member
 * @returns a new array, sorted by `start`, pairwise disjoint
 */
export function joinOverlaps(findings: readonly Finding[]): Finding[] {
  const ranked = findings.map((finding, rank) => ({ ...finding, rank }));
  ranked.sort((a, b) => a.start - b.start || a.rank - b.rank);

  const joined: { kind: IdentifiableKind; start: number; end: number; rank: number }[] = [];
  for (const next of ranked) {
    const last = joined.at(-1);
    if (last === undefined || next.start >= last.end) {
      joined.push(next);
      continue;
    }
    last.end = Math.max(last.end, next.end);
    if (next.rank < last.rank) {
      last.rank = next.rank;
      last.kind = next.kind;
    }
  }
  return joined.map(({ kind, start, end }) => ({ kind, start, end }));
}

/** Put the placeholder of each finding in its place. `findings` are sorted and disjoint. */
export function replaceFindings(text: string, findings: readonly Finding[]): string {
  let replaced = '';
  let position = 0;
  for (const { kind, start, end } of findings) {
    replaced += text.slice(position, start) + PLACEHOLDERS[kind];
    position = end;
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
      const { kind, start, end } = replaced[passed]!;
      const placeholderEnd = start + shift + PLACEHOLDERS[kind].length;
      if (offset < placeholderEnd) {
        const isInside = outerEdge === 'start' ? offset >= start + shift : offset > start + shift;
        return isInside ? replaced[passed]![outerEdge] : offset - shift;
      }
      shift = placeholderEnd - end;
    }
    return offset - shift;
  };
  return found.map(({ kind, start, end }) => ({
    kind,
    start: translate(start, 'start'),
    end: translate(end, 'end'),
  }));
}
