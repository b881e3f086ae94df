import type { AggregateFunction, DomainScope, HashScope } from '../../privacy/index.js';

export type { DomainScope };

/**
 * What a yes covers: everything that may leave and who receives it, as plain JSON data without a word for people. Two of them
 * can be compared without the code that declared them; see `compareScopes`.
 */
export interface ConsentScope {
  /** Who receives it: the name of the host, in lower case, without a port. */
  readonly recipient: string;
  /** What the ids on events stand for. */
  readonly distinctId: 'session' | 'installation';
  /** Whether events that no class declares may leave, reduced by the rule for untyped payloads. */
  readonly untyped: boolean;
  /** By the name on the wire. */
  readonly events: Readonly<Record<string, EventScope>>;
  /** What every event says besides. */
  readonly common: FieldScopes;
  /** What a session says with every event of it, by classes that the maker lists and that are no events. */
  readonly session: FieldScopes;
}

/** What may leave, whoever receives it: what the version of a catalogue is the hash of. */
export type CatalogueScope = Pick<ConsentScope, 'events' | 'common' | 'session'>;

/** What one event may say. */
export interface EventScope {
  /** Whether properties that nobody declared leave too, reduced by the rule for untyped payloads. */
  readonly undeclared: boolean;
  /** Where undeclared properties leave, those that never do: sorted, and left out where there is none. */
  readonly forbidden?: readonly string[];
  /** The first day on which it no longer leaves, as `2027-01-31`. */
  readonly expires?: string;
  readonly fields: FieldScopes;
}

/** By the name of the property that leaves. */
export type FieldScopes = Readonly<Record<string, FieldScope>>;

/** What one property may say. Lists of labels are sorted. */
export type FieldScope = {
  /** The first day on which it no longer leaves, as `2027-01-31`. */
  readonly expires?: string;
} & (
  | { readonly conversion: 'boolean' | 'count' | 'text_count' | 'presence_map' | 'redacted' }
  | { readonly conversion: 'aggregate'; readonly aggregate: AggregateFunction; readonly decimals?: number }
  | { readonly conversion: 'distribution'; readonly labels: readonly string[] }
  | { readonly conversion: 'hash'; readonly identity: string; readonly scope: HashScope }
  | {
      readonly conversion: 'nested';
      /** Those of a class inside itself are said once: `isRecursive` then, and none here. */
      readonly fields: FieldScopes;
      readonly isRecursive?: true;
      /** Then: by how many groups further out than the one around it that class stands; left out where it is that one. */
      readonly levelsOut?: number;
    }
  | { readonly conversion: 'plain'; readonly domain: DomainScope }
  /** Several classes leave under one name: any of these. */
  | { readonly conversion: 'any_of'; readonly alternatives: readonly FieldScope[] }
);
