import { type MutableJsonObject, setOwn } from '../json.js';
import { kindOf, membersOf } from '../kind.js';

/** Where members outside the closed list are counted. */
export const OTHER = 'other';

/**
 * How often each label occurs among the members; a scalar counts once, nullish not at all.
 *
 * @param labels - the closed list; a member outside it, or one that is no string, number or boolean, counts under `other`
 * @param onCut - called when there are more than 100,000 members; the rest is not counted
 * @returns label → count, in the order of first occurrence; a label such as `__proto__` is a plain key
 */
export function toDistribution(
  value: unknown,
  labels: ReadonlySet<string>,
  onCut?: () => void,
): MutableJsonObject {
  const counts = new Map<string, number>();
  for (const member of membersOrSelf(value, onCut)) {
    const label = toLabel(member, labels);
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  const distribution: MutableJsonObject = {};
  for (const [label, count] of counts) setOwn(distribution, label, count);
  return distribution;
}

function membersOrSelf(value: unknown, onCut: (() => void) | undefined): Iterable<unknown> {
  const kind = kindOf(value);
  return kind === 'nullish' ? [] : (membersOf(value, kind, onCut) ?? [value]);
}

function toLabel(member: unknown, labels: ReadonlySet<string>): string {
  const type = typeof member;
  if (type !== 'string' && type !== 'number' && type !== 'boolean') return OTHER;
  const label = String(member);
  return labels.has(label) ? label : OTHER;
}
