import { readFileSync } from 'node:fs';

/**
 * Does this process belong to the group that its terminal listens to? True where that cannot be told: only Linux says it
 * in a file.
 */
export function isInForeground(): boolean {
  try {
    return isForegroundStat(readFileSync('/proc/self/stat', 'utf8'));
  } catch {
    return true;
  }
}

const NO_TERMINAL = '-1';

/** @param stat - `pid (name) state ppid pgrp session tty_nr tpgid …`, where the name may hold anything */
export function isForegroundStat(stat: string): boolean {
  const [, , group, , , foreground] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return foreground === undefined || foreground === NO_TERMINAL || foreground === group;
}
