import { lstatSync } from 'node:fs';
import { isProcessAlive } from '../../internal/index.js';
import type { LogFile } from './usage-files.js';

/** The process of a log that nobody wrote in for so long hangs, or is another. If it writes after all, it begins a new one. */
const ORPHANED_MS = 86_400_000;

/** A thread of this process that has not written for so long may be over. If it is not, it begins a new log. */
const IDLE_THREAD_MS = 60_000;

/**
 * Will nobody write in this log any more? Its process is gone, as far as this one can see: in another container it may live.
 *
 * @param own - name of the log that this process writes, if any
 */
export function isFinished(
  { name, path, pid }: LogFile,
  own: string | undefined,
  nowMs: number = Date.now(),
): boolean {
  if (pid === undefined) return true;
  if (name === own) return false;
  if (!isProcessAlive(pid)) return true;
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found) return false;
  const ageMs = Math.abs(nowMs - found.mtimeMs);
  if (pid !== process.pid) return ageMs > ORPHANED_MS;
  // Of another thread; or of a process before this one: in a container every run has the same pid.
  return ageMs > IDLE_THREAD_MS || found.mtimeMs < Date.now() - process.uptime() * 1_000;
}
