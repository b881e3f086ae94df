import type { BigIntStats } from 'node:fs';

/** Tells one state of a file from another: differs whenever it holds something else, or may be read by others than before. */
export const toFileState = ({ ino, size, mtimeNs, ctimeNs }: BigIntStats): string =>
  `${ino} ${size} ${mtimeNs} ${ctimeNs}`;
