import type { Node } from 'jsonc-parser';

/** Is a key of an object written twice? Which of the two counts, readers do not agree on. */
export function hasTwinKeys({ children = [] }: Node): boolean {
  const keys = children.map(({ children: [key] = [] }) => key?.value);
  return new Set(keys).size < keys.length;
}
