/** Freeze plain data at every depth and return it. The data must be a tree: nothing in it may refer to itself. */
export function deepFreeze<T>(data: T): T {
  if (typeof data !== 'object' || data === null) return data;
  for (const member of Object.values(data)) deepFreeze(member);
  return Object.freeze(data);
}
