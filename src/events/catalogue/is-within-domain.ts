import { DATE_BUCKETS, type DomainScope } from '../../privacy/index.js';

type Of<K extends DomainScope['kind']> = Extract<DomainScope, { kind: K }>;
type Label = string | number | boolean;

/** Is every value that may leave now one that might leave before? A date may become a coarser one. False when in doubt. */
export function isWithinDomain(current: DomainScope, agreed: DomainScope): boolean {
  if (current.kind === 'any_of') return current.domains.every((domain) => isWithinDomain(domain, agreed));
  const labels = labelsOf(current);
  if (labels) return labels.every(toMayBe(agreed));
  if (agreed.kind === 'any_of') return agreed.domains.some((domain) => isWithinDomain(current, domain));
  switch (current.kind) {
    case 'number':
      return agreed.kind === 'number' && isWithinBounds(current, agreed);
    case 'pattern':
      return agreed.kind === 'pattern' && current.source === agreed.source;
    case 'date_bucket':
      return agreed.kind === 'date_bucket' && isCoarser(current, agreed);
    case 'list':
      return (
        agreed.kind === 'list' &&
        current.maxMembers <= agreed.maxMembers &&
        isWithinDomain(current.member, agreed.member)
      );
    default:
      return false;
  }
}

/** Everything that may leave, where that is a closed list. */
function labelsOf(domain: DomainScope): readonly Label[] | undefined {
  if (domain.kind === 'boolean') return [true, false];
  if (domain.kind !== 'enum') return undefined;
  return domain.fallback === undefined ? domain.labels : [...domain.labels, domain.fallback];
}

/** No label is looked up in an expression: it may come from a file, and reading one can take for ever. */
function toMayBe(agreed: DomainScope): (label: Label) => boolean {
  switch (agreed.kind) {
    case 'boolean':
    case 'enum': {
      const known = new Set(labelsOf(agreed));
      return (label) => known.has(label);
    }
    case 'number':
      return (label) => typeof label === 'number' && isWithinBounds(toPoint(label), agreed);
    case 'any_of': {
      const anyOf = agreed.domains.map(toMayBe);
      return (label) => anyOf.some((mayBe) => mayBe(label));
    }
    default:
      return () => false;
  }
}

const toPoint = (value: number): Of<'number'> => ({
  kind: 'number',
  min: value,
  max: value,
  integer: Number.isInteger(value),
});

function isWithinBounds(current: Of<'number'>, agreed: Of<'number'>): boolean {
  const { min, max, integer, decimals } = agreed;
  if (current.min < min || current.max > max) return false;
  if (current.integer) return true;
  if (integer) return false;
  if (decimals === undefined) return true;
  const isRounded = (current.decimals ?? Number.POSITIVE_INFINITY) <= decimals;
  // What is rounded beyond a bound leaves as the bound itself, however many places that has.
  const mayBe = (bound: number, agreedBound: number) =>
    Number(bound.toFixed(decimals)) === bound || (bound === agreedBound && current.decimals === decimals);
  return isRounded && mayBe(current.min, min) && mayBe(current.max, max);
}

const isCoarser = (current: Of<'date_bucket'>, agreed: Of<'date_bucket'>) =>
  DATE_BUCKETS.indexOf(current.bucket) <= DATE_BUCKETS.indexOf(agreed.bucket);
