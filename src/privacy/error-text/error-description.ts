/** What kind of trouble an error is. */
export const ERROR_CATEGORIES = ['installation', 'network', 'system', 'configuration', 'unexpected'] as const;

export type ErrorCategory = (typeof ERROR_CATEGORIES)[number];

/** Everything that is ever said of an error. Texts are of the forms that the domains of this folder let pass. */
export interface ErrorDescription {
  /** The name of its class, or the type of what was thrown instead of an error. */
  readonly type: string;
  /** The template of its message; empty when it has none. */
  readonly message: string;
  readonly category: ErrorCategory;
  readonly code: string | undefined;
  /** Types of the errors that led to it, the nearest first. */
  readonly causes: readonly string[];
  /** The innermost first. */
  readonly frames: readonly string[];
  /** 16 hexadecimal digits: equal for the same bug on every machine. */
  readonly fingerprint: string;
}
