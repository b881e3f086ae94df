import fc from 'fast-check';
import {
  BUCKETS,
  type CatalogueSpec,
  type DomainSpec,
  type EventSpec,
  type FieldSpec,
  type FieldSpecs,
} from './scope-arbitraries.js';

/** Ways to say less, drawn by a generator: each step may also leave things as they are. */
export type Draw = <T>(choices: readonly T[]) => T;

export const draw: fc.Arbitrary<Draw> = fc
  .infiniteStream(fc.nat(1_000_000))
  .map((numbers) => (choices) => choices[Number(numbers.next().value) % choices.length] as never);

export function narrowCatalogue({ untyped, events }: CatalogueSpec, pick: Draw): CatalogueSpec {
  return {
    untyped: untyped && pick([true, false]),
    events: narrowMembers(events, pick, (event) => narrowEvent(event, pick)),
  };
}

/** An open event stays as it is: what is no longer declared in it would leave by the automatic rule. */
function narrowEvent(event: EventSpec, pick: Draw): EventSpec {
  const day = earlier(event.expires, pick);
  if (event.isOpen && pick([true, false])) return { ...event, expires: day };
  return { expires: day, isOpen: false, fields: narrowFields(event.fields, pick) };
}

const narrowFields = (fields: FieldSpecs, pick: Draw): FieldSpecs =>
  narrowMembers(fields, pick, (field) => narrowField(field, pick));

function narrowMembers<T>(
  members: Readonly<Record<string, T>>,
  pick: Draw,
  narrow: (member: T) => T,
): Readonly<Record<string, T>> {
  const kept = Object.entries(members).filter(() => pick([true, true, true, false]));
  return Object.fromEntries(kept.map(([name, member]) => [name, narrow(member)]));
}

const earlier = (day: string | undefined, pick: Draw) => pick([day, day, day ?? '2028-01-01', '2026-01-01']);

const BECOMES: Readonly<Record<FieldSpec['conversion'], readonly ('boolean' | 'count' | 'forbidden')[]>> = {
  forbidden: ['forbidden'],
  boolean: ['forbidden'],
  count: ['boolean'],
  text_count: ['boolean', 'forbidden'],
  presence_map: ['boolean', 'count'],
  aggregate: ['boolean'],
  distribution: ['boolean', 'count'],
  hash: ['boolean'],
  nested: ['boolean', 'count'],
  plain: ['boolean'],
};

export function narrowField(field: FieldSpec, pick: Draw): FieldSpec {
  const until = { expires: earlier(field.expires, pick) };
  if (pick([true, false, false])) return { conversion: pick(BECOMES[field.conversion]), ...until };
  switch (field.conversion) {
    case 'text_count':
      return { ...field, ...until, isRedacted: field.isRedacted && pick([true, false]) };
    case 'aggregate':
      return { ...field, ...until, decimals: pick([field.decimals, 0]) };
    case 'distribution':
      return { ...field, ...until, labels: field.labels.slice(0, pick([1, 2, 9])) };
    case 'hash':
      return { ...field, ...until, scope: pick([field.scope, 'session']) };
    case 'nested':
      return { ...field, ...until, fields: narrowFields(field.fields, pick) };
    case 'plain':
      return { ...field, ...until, domain: narrowDomain(field.domain, pick) };
    default:
      return { ...field, ...until };
  }
}

export function narrowDomain(domain: DomainSpec, pick: Draw): DomainSpec {
  switch (domain.kind) {
    case 'enum':
      return { ...domain, labels: domain.labels.slice(0, pick([1, 2, 9])) };
    case 'integer':
    case 'number': {
      const min = Math.ceil(domain.min);
      const max = Math.floor(domain.max);
      return pick<DomainSpec>([domain, { kind: 'integer', min, max }, { kind: 'integer', min, max: min }]);
    }
    case 'date':
      return { ...domain, bucket: pick(BUCKETS.slice(0, BUCKETS.indexOf(domain.bucket) + 1)) };
    case 'list':
      return {
        ...domain,
        member: narrowDomain(domain.member, pick),
        maxMembers: pick([1, domain.maxMembers]),
      };
    default:
      return domain;
  }
}
