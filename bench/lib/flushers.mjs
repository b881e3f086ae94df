import { readdirSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const GONE_AFTER_MS = 5_000;

/**
 * Kill what works in a state directory: the flusher that a sample started must not run beside the next one. Linux only, as
 * it looks into `/proc`.
 *
 * @param {string} directory absolute, without links
 * @returns {Promise<number>} how many there were; they are gone
 */
export async function killFlushers(directory) {
  const pids = processesIn(directory);
  for (const pid of pids) process.kill(pid, 'SIGKILL');
  const deadlineMs = performance.now() + GONE_AFTER_MS;
  while (processesIn(directory).length > 0) {
    if (performance.now() > deadlineMs) throw new Error('A flusher does not end.');
    await sleep(2);
  }
  return pids.length;
}

function processesIn(directory) {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => workingDirectory(pid) === directory).map(Number);
}

/** None of a process that has just ended, or is somebody else's. */
function workingDirectory(pid) {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}
