import type { Domain } from './domain.js';
import type { EnumDomain } from './one-of.js';

/** The labels of a closed list, also of one inside a list or a union, with the bucket for the rest; empty without one. */
export function labelsOf(domain: Domain): readonly (string | number | boolean)[] {
  const { labels, fallback, member, domains } = domain as Partial<EnumDomain> & {
    readonly member?: Domain;
    readonly domains?: readonly Domain[];
  };
  if (labels) return fallback === undefined ? [...labels] : [...new Set([...labels, fallback])];
  if (member) return labelsOf(member);
  return domains?.flatMap(labelsOf) ?? [];
}
