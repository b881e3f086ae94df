import { fileURLToPath } from 'node:url';
import { randomId } from '../../internal/index.js';
import { listWaiting, reserveLease, takeLease } from '../../store/index.js';
import type { Rest } from '../rest.js';
import { canDetach } from './can-detach.js';
import { type FlusherStart, startFlusher } from './start-flusher.js';

/** Beside the build. Where a program is bundled into one file it is not there, and nothing is handed over. */
const scriptPath = () => fileURLToPath(new URL('./sotto-flusher.js', import.meta.url));

/** Whether a flusher could be started from here. */
export function canHandOver(): boolean {
  try {
    return canDetach(scriptPath());
  } catch {
    // A bundle that did not come from a file.
    return false;
  }
}

/**
 * Start the flusher for what waits in a state directory, unless nothing does, somebody is about it, or nothing may be sent yet:
 * then it is for the next program that ends. Synchronous, and never throws.
 *
 * @param machine - what the process was started with
 */
export function handOver(
  directory: string,
  machine: Pick<FlusherStart, 'env' | 'hasProxy'>,
  rest: Rest,
): void {
  if (rest.waitMs > 0 || listWaiting(directory).length === 0) return;
  const effects = { now: Date.now, randomToken: randomId };
  // Many programs may end at once: the first one starts it for all.
  const token = reserveLease(directory, effects);
  if (token === undefined) return;
  if (!startFlusher({ script: scriptPath(), directory, token, ...machine }))
    takeLease(directory, effects, token)?.release();
}
