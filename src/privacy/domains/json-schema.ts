/** The keywords that bound a value, and `default`; others never widen one. */
export interface JsonSchema {
  readonly type?: unknown;
  readonly const?: unknown;
  readonly enum?: unknown;
  readonly anyOf?: unknown;
  readonly oneOf?: unknown;
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly exclusiveMinimum?: unknown;
  readonly exclusiveMaximum?: unknown;
  readonly pattern?: unknown;
  readonly format?: unknown;
  readonly items?: unknown;
  readonly maxItems?: unknown;
  readonly default?: unknown;
}
