import { homedir } from 'node:os';
import { dirname, isAbsolute, join, sep } from 'node:path';

/**
 * A path for people: the home directory is written `~`, so that a text about it can be passed on.
 *
 * @param homes - names of the home directory; the user's, unless given. One that is the root of everything, as in some
 *   containers, is none: `~` would say nothing
 */
export function toShownPath(path: string, homes: readonly string[] = findHomes()): string {
  const home = homes.find(
    (candidate) =>
      dirname(candidate) !== candidate && (path === candidate || path.startsWith(candidate + sep)),
  );
  return home === undefined ? path : `~${path.slice(home.length)}`;
}

/** A process of a user without home and without `HOME` makes `homedir()` throw. */
function findHomes(): readonly string[] {
  try {
    const home = homedir();
    // `HOME=/home/ada/` is `/home/ada`.
    return isAbsolute(home) ? [join(home, '.')] : [];
  } catch {
    return [];
  }
}
