import { lstatSync, type Stats, statSync } from 'node:fs';

const WRITABLE_BY_OTHERS = 0o022;

/** Does it belong to the user of this process, or to root, and can nobody else change it? Where the system cannot tell: yes. */
export function isOwn({ uid, mode }: Pick<Stats, 'uid' | 'mode'>): boolean {
  return isOwner(uid) && (process.geteuid === undefined || (mode & WRITABLE_BY_OTHERS) === 0);
}

/**
 * Is a place safe from other users? A link to it must be its user's too: whoever owns it can lead it elsewhere.
 *
 * @returns true also when there is nothing yet: what is made there will be its user's own
 * @throws the file system's error, for a link to nowhere too
 * @remarks Does not look at the directories above.
 */
export function isOwnPlace(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found) return true;
  return found.isSymbolicLink() ? isOwner(found.uid) && isOwn(statSync(path)) : isOwn(found);
}

function isOwner(uid: number): boolean {
  const user = process.geteuid?.();
  return user === undefined || uid === user || uid === 0;
}
