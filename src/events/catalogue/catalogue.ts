import type { Conversion, HashScope, JsonObject, JsonValue, Stewardship } from '../../privacy/index.js';

/** A property that an event may carry, in words for people. */
export interface CatalogueField extends Stewardship {
  /** The name of the property that leaves. */
  readonly name: string;
  /** `redacted` is the scrubbed text of a field whose length leaves anyway; see `needs`. */
  readonly conversion: Exclude<Conversion, 'forbidden'> | 'redacted';
  /** What leaves of the field, as the rest of a sentence: `its length in characters`. */
  readonly description: string;
  /** Something that may leave. A hash is a marked placeholder. */
  readonly example: JsonValue;
  /** The closed list behind it, complete; empty when there is none. */
  readonly labels: readonly (string | number | boolean)[];
  /** How far equal values can be linked by it: it is pseudonymous. Undefined when nothing is linked by it. */
  readonly links: HashScope | undefined;
  /** The second yes without which it does not leave. */
  readonly needs: 'toolsOverPrivacy' | undefined;
  /** What is inside it; empty unless it is `nested`. */
  readonly fields: readonly CatalogueField[];
}

/** What one event may say. */
export interface CatalogueEvent extends Stewardship {
  /** As it is sent, with the app's name before it where the class asks for that. */
  readonly name: string;
  readonly fields: readonly CatalogueField[];
  /** Fields that are declared never to leave; those of nested classes as `outer.inner`. */
  readonly forbidden: readonly string[];
  /** `plain`: properties that nobody declared leave too, reduced by the rule for untyped payloads. */
  readonly undeclared: 'drop' | 'plain';
  /** Properties of such an event, with everything in it that needs no second yes. */
  readonly example: JsonObject;
}

/** Everything that an app's event classes let leave. */
export interface Catalogue {
  /** 64 hexadecimal digits that differ when something else may leave: see `versionOf`. Mere order and wording change nothing in it. */
  readonly version: string;
  readonly events: readonly CatalogueEvent[];
  /** What every event says besides. */
  readonly common: readonly CatalogueField[];
  /** What a session may say with every event of it, by classes that the maker lists and that are no events. */
  readonly session: readonly CatalogueField[];
}
