import { canonicalDigest } from '../../internal/index.js';
import type { ConsentScope } from './scope.js';

/** The name of a scope: of everything that may leave, and of who receives it under what ids. 64 hexadecimal digits. */
export function scopeDigest(scope: ConsentScope): string {
  return canonicalDigest(scope);
}
