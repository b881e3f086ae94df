import { ConfigError } from '../../internal/index.js';
import type { DeclaredField } from './metadata.js';
import { isPropertyName } from './names.js';
import type { FieldRule } from './rule.js';

/** The name of the property that a field leaves as. */
export function propertyNameOf(source: string, rule: FieldRule): string {
  return rule.as ?? source;
}

/** The name of the property that the redacted text leaves as; undefined when the field has none. */
export function redactedNameOf(source: string, rule: FieldRule): string | undefined {
  if (rule.conversion !== 'text_count' || !rule.canRedact) return undefined;
  return rule.redactedAs ?? `${propertyNameOf(source, rule)}_redacted`;
}

/** @throws {ConfigError} `FIELD_UNSUPPORTED` when a field would leave under a name that is none. A forbidden field never leaves. */
export function assertNamesAreUsable({ source, rule }: DeclaredField): void {
  if (rule.conversion === 'forbidden' || namesOf({ source, rule }).every(isPropertyName)) return;
  throw new ConfigError(
    'FIELD_UNSUPPORTED',
    'A property name is a letter, then letters, digits, "_", "." or "-", at most 100 characters. Give the field such a name with `as`.',
  );
}

/** @throws {ConfigError} `FIELD_DUPLICATE` when another field already owns one of the names: one rule would overwrite the other */
export function assertNamesAreFree(field: DeclaredField, others: readonly DeclaredField[]): void {
  const own = namesOf(field);
  const isTaken = (name: string) =>
    others.some((other) => other.source !== field.source && namesOf(other).includes(name));
  const name = own.find(isTaken);
  if (name === undefined) return;
  throw new ConfigError(
    'FIELD_DUPLICATE',
    `Two fields would leave as \`${name}\`. Give one of them another name with \`as\`.`,
  );
}

/** A forbidden field owns its own name too: nothing may leave under it. */
function namesOf({ source, rule }: DeclaredField): string[] {
  const name = propertyNameOf(source, rule);
  const redacted = redactedNameOf(source, rule);
  if (rule.conversion === 'forbidden') return [...new Set([source, name])];
  return redacted === undefined ? [name] : [name, redacted];
}
