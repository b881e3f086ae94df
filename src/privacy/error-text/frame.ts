/** A function without a name, or with one that may not be told. */
export const ANONYMOUS = '<anonymous>';

/** Where a call was: in a package, in Node, in the app itself, or somewhere that is nobody's business. */
export type Frame =
  | {
      readonly kind: 'package';
      readonly package: string;
      /** As the package says it; told up to its release. */
      readonly version: string;
      readonly function: string;
      readonly line: number;
    }
  /** `module` is a path below `node:`, such as `internal/fs/promises`. */
  | { readonly kind: 'node'; readonly module: string; readonly function: string }
  /** `path` is below the app's root, with `/`. */
  | { readonly kind: 'app'; readonly path: string; readonly function: string; readonly line: number }
  /** Another file, a function of the language itself, or a line that cannot be read. */
  | { readonly kind: 'external' | 'native' | 'unknown' };
