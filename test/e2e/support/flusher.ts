import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A flusher ends by itself after half a minute. */
const LONGEST_LIFE_MS = 40_000;

/** Wait until no flusher is at work in a state directory: each has a lease there as long as it works. */
export async function flusherEnded(directory: string): Promise<void> {
  const startMs = performance.now();
  while (existsSync(join(directory, 'spool', 'lease')) || flushersIn(directory).length > 0) {
    if (performance.now() - startMs > LONGEST_LIFE_MS) throw new Error('A flusher lives on.');
    await sleep(10);
  }
}

/** Wait for the flushers of every app in a home. */
export async function flushersEnded(home: string): Promise<void> {
  const data = join(home, '.local', 'share');
  const apps = existsSync(data) ? readdirSync(data) : [];
  await Promise.all(apps.map((app) => flusherEnded(join(data, app, 'telemetry'))));
}

/** The pids of the flushers that live in a state directory. Only Linux tells; none elsewhere. */
export function flushersIn(directory: string): readonly number[] {
  if (process.platform !== 'linux') return [];
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => isFlusherIn(directory, pid));
}

function isFlusherIn(directory: string, pid: number): boolean {
  try {
    const isFlusher = readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('sotto-flusher');
    return isFlusher && readlinkSync(`/proc/${pid}/cwd`) === directory;
  } catch {
    // It has ended meanwhile, or is somebody else's.
    return false;
  }
}
