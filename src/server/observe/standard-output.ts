import { writeSync } from 'node:fs';
import type { LogDestination } from './log-destination.js';

const STDOUT = 1;

/**
 * Standard output, tried once for each line. A line that it does not take is lost, because the disk is full, nobody reads any more or who
 * reads is too slow: lines tell of a service, and must neither hold it up nor end it.
 */
export const STANDARD_OUTPUT: LogDestination = {
  write(line) {
    try {
      writeSync(STDOUT, line);
    } catch {
      // There is no other place to tell it.
    }
  },
};
