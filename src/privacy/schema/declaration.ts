import type { FieldRule } from './rule.js';

/** What a standard (TC39) decorator receives for a field, an `accessor` or a getter. */
export type FieldContext<This, Value> =
  | ClassFieldDecoratorContext<This, Value>
  | ClassAccessorDecoratorContext<This, Value>
  | ClassGetterDecoratorContext<This, Value>;

declare const fieldValue: unique symbol;

/**
 * A privacy decision in both of its spellings: a decorator (`@count() results!: Match[]`) and an entry of
 * `defineEvent(name, { results: count() })`.
 *
 * @typeParam Accepted - what the decorated field may hold; anything else does not compile
 */
export interface FieldDeclaration<Accepted> {
  <This, Value extends Accepted | null | undefined>(
    target: unknown,
    context: FieldContext<This, Value>,
  ): void;
  readonly rule: FieldRule;
  /** Type only. */
  readonly [fieldValue]?: Accepted;
}

/** What a field declared so may hold. */
export type DeclaredValue<D> = D extends { readonly [fieldValue]?: infer Accepted } ? Accepted : never;

export function isFieldDeclaration(value: unknown): value is FieldDeclaration<unknown> {
  return typeof value === 'function' && Object.hasOwn(value, 'rule');
}
