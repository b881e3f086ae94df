import { kindOf, sizeOf } from '../kind.js';

/**
 * Is there something in it? Nullish, `""`, `0`, `NaN`, `false` and empty collections are false; everything else is
 * true, `"0"` and `"false"` included: they are texts.
 */
export function toPresence(value: unknown): boolean {
  const kind = kindOf(value);
  switch (kind) {
    case 'nullish':
      return false;
    case 'string':
    case 'number':
    case 'boolean':
      return Boolean(value);
    default:
      return (sizeOf(value, kind) ?? 1) > 0;
  }
}
