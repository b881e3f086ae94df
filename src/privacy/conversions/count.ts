import { kindOf, sizeOf } from '../kind.js';

/** How many members: 0 for nullish, the size of a collection, 1 for anything else (`0`, `""` and `NaN` included). */
export function toCount(value: unknown): number {
  const kind = kindOf(value);
  return kind === 'nullish' ? 0 : (sizeOf(value, kind) ?? 1);
}
