import { ConfigError, typeName } from '../internal/index.js';
import { isFlagKey, isVariant } from './labels.js';

/** What a flag may be: on or off, or one of these variants. */
export type FlagDeclaration = 'boolean' | readonly string[];

/** Declarations by flag key. */
export type FlagDeclarations = Readonly<Record<string, FlagDeclaration>>;

declare const checked: unique symbol;

/** Declarations that {@link defineFlags} has checked. */
export type FlagDefinitions<Declared extends FlagDeclarations = FlagDeclarations> = Declared & {
  readonly [checked]: true;
};

/** The keys of the declared flags. */
export type FlagKey<Declared extends FlagDeclarations> = Extract<keyof Declared, string>;

/** What a declared flag may be: the union of its variants, or `boolean`. */
export type FlagValue<Declared extends FlagDeclarations, Key extends FlagKey<Declared>> = ValueOf<
  Declared[Key]
>;

type ValueOf<Declaration> = Declaration extends readonly (infer Variant)[] ? Variant : boolean;

const MAX_FLAGS = 100;

/**
 * Declare the flags a program asks for: only these are evaluated, and only their declared values are ever given out.
 *
 * @param declarations - `{ new_reranker: ['control', 'test'], beta_ui: 'boolean' }`; at most 100. A key is a letter or digit,
 *   then letters, digits, `_` or `-`, at most 64 characters; a variant is a label of at most 64 characters
 * @returns a frozen copy
 * @throws {ConfigError} `FLAG_DEFINITION_INVALID` naming the first flag that breaks a rule, and the rule
 */
export function defineFlags<const Declared extends FlagDeclarations>(
  declarations: Declared,
): FlagDefinitions<Declared> {
  if (typeof declarations !== 'object' || declarations === null) {
    throw invalid(`Flags are declared as an object of key and variants; received ${typeName(declarations)}.`);
  }
  const flags = Object.entries(declarations);
  if (flags.length > MAX_FLAGS) throw invalid(`At most ${MAX_FLAGS} flags can be declared.`);
  const copies = flags.map(([key, declaration], index) => {
    if (!isFlagKey(key)) throw invalid(`The key of flag ${index + 1} must be ${KEY_RULE}.`);
    const mistake = findMistake(declaration);
    if (mistake !== undefined) throw invalid(`Flag ${key}: ${mistake}.`);
    return [key, typeof declaration === 'string' ? declaration : Object.freeze([...declaration])] as const;
  });
  return Object.freeze(Object.fromEntries(copies)) as unknown as FlagDefinitions<Declared>;
}

const KEY_RULE = 'a letter or digit, then letters, digits, "_" or "-", at most 64 characters';

function findMistake(declaration: unknown): string | undefined {
  if (declaration === 'boolean') return undefined;
  if (!Array.isArray(declaration)) return "must be 'boolean' or a list of variants";
  if (declaration.length === 0) return 'must have at least one variant';
  if (!declaration.every(isVariant)) {
    return 'a variant must be a label: 1 to 64 characters, no white space, nothing that looks private';
  }
  return new Set(declaration).size < declaration.length ? 'names a variant twice' : undefined;
}

function invalid(message: string): ConfigError {
  return new ConfigError('FLAG_DEFINITION_INVALID', message);
}
