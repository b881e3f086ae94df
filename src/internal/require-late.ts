/**
 * A module where it is first needed, and not at the start: most programs never do.
 *
 * @param id - a package, or a file beside the one that this function is built into
 */
export const requireLate = (id: string): unknown =>
  process.getBuiltinModule('node:module').createRequire(import.meta.url)(id);
