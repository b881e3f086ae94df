/** Has it all of these methods? Some emitters are functions, as an app of Express is. */
export function hasMethods(source: unknown, ...names: readonly string[]): boolean {
  const isObject = (typeof source === 'object' && source !== null) || typeof source === 'function';
  return isObject && names.every((name) => typeof Reflect.get(source, name) === 'function');
}
