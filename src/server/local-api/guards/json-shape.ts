const MAX_LEVELS = 32;
const MAX_MEMBERS = 10_000;

export const SHAPE_RULE = `at most ${MAX_LEVELS} levels of nesting, and ${MAX_MEMBERS} members in all`;

/** Whether a parsed body is small enough to be looked at closely. Visits no more of it than it allows. */
export function hasModestShape(value: unknown): boolean {
  return countMembers(value, MAX_LEVELS) <= MAX_MEMBERS;
}

/** Infinite when it is nested more deeply than `levels`. */
function countMembers(value: unknown, levels: number): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (levels === 0) return Number.POSITIVE_INFINITY;
  const members = Object.values(value);
  let count = members.length;
  for (const member of members) {
    if (count > MAX_MEMBERS) return count;
    count += countMembers(member, levels - 1);
  }
  return count;
}
