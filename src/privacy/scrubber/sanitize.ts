import { findWith } from './engine.js';
import type { IdentifiableKind } from './finding.js';
import { RULES } from './rules/index.js';
import { replaceFindings } from './spans.js';

/** Replace the e-mail addresses in a text by `<EMAIL>`, and nothing else. Never a hash or a part of one. Never throws. */
export function sanitizeEmail(text: string): string {
  return replaceKind(text, 'email');
}

/** Replace the telephone numbers in a text by `<PHONE>`, and nothing else. Never a hash or a part of one. Never throws. */
export function sanitizePhone(text: string): string {
  return replaceKind(text, 'phone');
}

/**
 * Replace the telling parts of the absolute paths in a text by `<PATH>`, and nothing else. What every machine has stays:
 * `/home/<PATH>/src/index.js:3:1`. Never throws.
 */
export function sanitizePath(text: string): string {
  return replaceKind(text, 'path');
}

function replaceKind(text: string, kind: IdentifiableKind): string {
  try {
    const rules = RULES.filter((rule) => rule.kind === kind);
    return replaceFindings(text, findWith(rules, text));
  } catch {
    return `<${kind.toUpperCase()}>`;
  }
}
