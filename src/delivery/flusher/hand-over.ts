import { fileURLToPath } from 'node:url';
import { randomId } from '../../internal/index.js';
import {
  findWaiting,
  hasWaiting,
  NO_TROUBLE,
  readDelivery,
  reserveLease,
  takeLease,
  toRestMs,
} from '../../store/index.js';
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
 * @param rest - of the server that this program sends to
 */
export function handOver(
  directory: string,
  machine: Pick<FlusherStart, 'environment' | 'proxies'>,
  rest: Pick<Rest, 'waitMs'>,
): void {
  // Before the reservation: one that is given up again has turned away who ended meanwhile.
  if (!isAnythingDue(directory, rest)) return;
  const effects = { now: Date.now, randomToken: randomId };
  // Many programs may end at once: the first one starts it for all.
  const token = reserveLease(directory, effects);
  if (token === undefined) return;
  if (!startFlusher({ script: scriptPath(), directory, token, ...machine }))
    takeLease(directory, effects, token)?.release();
}

/** So many notes are read at the end of a program: what is for another server may wait for a program that starts sooner. */
const MAX_READ_NOTES = 16;

/** Does something wait that may be sent now? While the server of this program is left alone, others may not be. */
export function isAnythingDue(directory: string, rest: Pick<Rest, 'waitMs'>): boolean {
  if (rest.waitMs === 0) return hasWaiting(directory);
  const { hosts } = readDelivery(directory);
  let read = 0;
  for (const { note } of findWaiting(directory)) {
    if (toRestMs(hosts.get(note.host) ?? NO_TROUBLE, Date.now()) === 0) return true;
    read += 1;
    if (read === MAX_READ_NOTES) return false;
  }
  return false;
}
