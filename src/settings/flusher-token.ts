import type { Environment } from './variables.js';

/**
 * What the process that sends was given by the one that started it; undefined in every other process.
 *
 * @remarks No setting: nobody but this package has a reason to set the variable.
 */
export function readFlusherToken({ env }: Environment): string | undefined {
  return env.SOTTO_FLUSHER || undefined;
}
