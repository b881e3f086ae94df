import { ConfigError, typeName } from '../../internal/index.js';
import type { JsonValue } from '../json.js';
import { type Domain, isDomain } from './domain.js';

const DEFAULT_MAX_MEMBERS = 100;

export interface ListDomain<Value> extends Domain<readonly Value[]> {
  readonly kind: 'list';
  readonly member: Domain<Value>;
  readonly maxMembers: number;
}

/**
 * An array whose members all lie in one domain. One member outside makes the whole value invalid.
 *
 * @param options.maxMembers - longest list; 1 to 1,000, 100 unless given
 * @throws {ConfigError} `PLAIN_UNBOUNDED` when `member` is no domain or `maxMembers` no such number
 */
export function listOf<Value>(
  member: Domain<Value>,
  options: { readonly maxMembers?: number } = {},
): Domain<readonly Value[]> {
  const maxMembers = options.maxMembers ?? DEFAULT_MAX_MEMBERS;
  if (!isDomain(member)) {
    throw new ConfigError(
      'PLAIN_UNBOUNDED',
      `The members of a plain list need a domain such as oneOf(…); received ${typeName(member)}.`,
    );
  }
  if (!Number.isInteger(maxMembers) || maxMembers < 1 || maxMembers > 1_000) {
    throw new ConfigError('PLAIN_UNBOUNDED', 'A plain list needs a whole `maxMembers` from 1 to 1,000.');
  }
  const domain: ListDomain<Value> = {
    kind: 'list',
    member,
    maxMembers,
    description: `a list of at most ${maxMembers}, each ${member.description}`,
    encode: (value) =>
      Array.isArray(value) && value.length <= maxMembers ? encodeAll(value, member) : undefined,
    isWithin(other) {
      if (other.kind !== 'list') return false;
      const parent = other as ListDomain<unknown>;
      return maxMembers <= parent.maxMembers && member.isWithin(parent.member);
    },
    example: () => [member.example()],
  };
  return domain;
}

/** By index: an array's own iterator may be anything. */
function encodeAll(values: readonly unknown[], member: Domain): JsonValue[] | undefined {
  const encoded: JsonValue[] = [];
  for (let index = 0; index < values.length; index += 1) {
    const json = member.encode(values[index]);
    if (json === undefined) return undefined;
    encoded.push(json);
  }
  return encoded;
}

export interface UnionDomain extends Domain {
  readonly kind: 'any_of';
  readonly domains: readonly Domain[];
}

/** A value of any of several domains; the first that takes it encodes it. */
export function anyOf(domains: readonly Domain[]): UnionDomain {
  return {
    kind: 'any_of',
    domains,
    description: domains.map((domain) => domain.description).join(', or '),
    encode(value) {
      for (const domain of domains) {
        const json = domain.encode(value);
        if (json !== undefined) return json;
      }
      return undefined;
    },
    isWithin: (other) =>
      domains.every((domain) => alternativesOf(other).some((parent) => domain.isWithin(parent))),
    example: () => domains[0]?.example() ?? null,
  };
}

const alternativesOf = (domain: Domain): readonly Domain[] =>
  (domain as Partial<UnionDomain>).domains ?? [domain];

/** The same domain for a field that may be left out of `create()`. */
export function optional<Value>(domain: Domain<Value>): Domain<Value | undefined> {
  return domain;
}
