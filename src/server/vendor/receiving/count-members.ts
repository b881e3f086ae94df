/** How many members all objects in a JSON value have. Pure. */
export function countMembers(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce<number>((total, member) => total + countMembers(member), own);
}

const STRING = /"(?:[^"\\]|\\.)*"\s*(:?)/gs;

/** The same of the text of a JSON value, where one that is said twice counts twice: each is a string before a colon. Pure. */
export function countMembersOfText(text: string): number {
  return [...text.matchAll(STRING)].filter(([, colon]) => colon === ':').length;
}
