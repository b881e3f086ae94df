import { canonicalDigest } from '../../internal/index.js';
import type { OpenLine } from './open-line.js';

/**
 * The hash of a line in the chain of its file: SHA-256 of the canonical text (RFC 8785) of `[previous, kind, time, digest]`. Whoever
 * changes, removes or moves a line changes what all lines after it should say.
 *
 * @param previous - the hash of the last line of the chain; of a file's first one that is the header's
 */
export const hashInChain = (previous: string, { kind, time, digest }: OpenLine): string =>
  canonicalDigest([previous, kind, time, digest]);

/** The hash of a line that stands for itself: a header, by which a chain begins, and how events ended as another process notes it. */
export const hashAlone = ({ digest }: OpenLine): string => digest;

/** The line as it stands in a file, with its newline. The hash is its last member. */
export const closeLine = ({ text }: OpenLine, hash: string): string => `${text},"hash":"${hash}"}\n`;
