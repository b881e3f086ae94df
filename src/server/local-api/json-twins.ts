import type { Node } from 'jsonc-parser';

/**
 * Is a key of an object written twice? Which of the two counts, readers do not agree on.
 *
 * @param matters - which keys are looked at; all unless given
 */
export function hasTwinKeys(
  { children = [] }: Node,
  matters: (key: unknown) => boolean = () => true,
): boolean {
  const keys = children.map(({ children: [key] = [] }): unknown => key?.value).filter(matters);
  return new Set(keys).size < keys.length;
}
