import type { FlagAssignments, FlagScalar, RemoteFlags } from './assignment.js';
import type { FlagDeclaration, FlagDeclarations } from './definitions.js';
import { isFlagKey, isVariant } from './labels.js';

/** The declared flags; undefined when the program declares none and takes any. */
type Declared = FlagDeclarations | undefined;

/** Is this a flag the program knows of? */
export function isKnownFlag(declared: Declared, key: string): boolean {
  return declared === undefined ? isFlagKey(key) : Object.hasOwn(declared, key);
}

/** Of what a store holds: the flags the program knows of, with a value they may have. */
export function admitAssignments(declared: Declared, stored: FlagAssignments): FlagAssignments {
  return new Map([...stored].filter(([key, { value }]) => isAssignable(declared, key, value)));
}

/** Of what a server says: the values that flags of the program may have. Any other counts as not known. */
export function admitRemote(declared: Declared, remote: RemoteFlags): RemoteFlags {
  return new Map(
    [...remote].map(([key, { value, version }]) => {
      const isUsable = value !== undefined && isAssignable(declared, key, value);
      return [key, { value: isUsable ? value : undefined, version }];
    }),
  );
}

/**
 * Of what is assigned: the values to give out. Out of the rollout (`false`) is an assignment that every flag may have, but
 * no value of a flag that is declared with variants.
 */
export function toValues(declared: Declared, assignments: FlagAssignments): ReadonlyMap<string, FlagScalar> {
  const values = [...assignments].filter(
    ([key, { value }]) => value !== false || !Array.isArray(declared?.[key]),
  );
  return new Map(values.map(([key, { value }]) => [key, value]));
}

function isAssignable(declared: Declared, key: string, value: FlagScalar): boolean {
  if (!isKnownFlag(declared, key)) return false;
  const declaration = declared?.[key];
  if (declaration === undefined) return typeof value === 'boolean' || isVariant(value);
  return value === false || isDeclaredValue(declaration, value);
}

function isDeclaredValue(declaration: FlagDeclaration, value: FlagScalar): boolean {
  return declaration === 'boolean' ? typeof value === 'boolean' : declaration.some((name) => name === value);
}
