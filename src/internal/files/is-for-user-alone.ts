const OPEN_TO_OTHERS = 0o077;

/** Can nobody but the user of this process read or write a file? Where the system cannot tell: yes. */
export function isForUserAlone({ uid, mode }: { readonly uid: number; readonly mode: number }): boolean {
  const user = process.geteuid?.();
  return user === undefined || (uid === user && (mode & OPEN_TO_OTHERS) === 0);
}
