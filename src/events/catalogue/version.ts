import { canonicalDigest } from '../../internal/index.js';
import type { CatalogueScope } from './scope.js';

/**
 * The name of everything that decides what leaves: the SHA-256 of its RFC 8785 text, 64 hexadecimal digits. The same whatever
 * the order of classes, fields and labels, and however a rule is worded.
 */
export function versionOf({ events, common, session }: CatalogueScope): string {
  return canonicalDigest({ events, common, session });
}
