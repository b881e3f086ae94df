import { readFileSync, readlinkSync } from 'node:fs';
import { isProcessAlive } from '../../internal/index.js';

/** What tells a process from a later one of the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in the system's own terms; absent where the system tells it in no file. */
  readonly startedAt?: string | undefined;
  /** Where `pid` means something: a container may have its own. */
  readonly namespace?: string | undefined;
}

export function thisProcess(): ProcessIdentity {
  return { pid: process.pid, startedAt: readStat(process.pid)?.startedAt, namespace: ownNamespace() };
}

/** @returns whether it still runs; `out_of_sight` for one of another container */
export function seeProcess({
  pid,
  startedAt,
  namespace,
}: ProcessIdentity): 'runs' | 'ended' | 'out_of_sight' {
  if (pid <= 0) return 'ended';
  if (namespace !== ownNamespace()) return 'out_of_sight';
  if (!isProcessAlive(pid)) return 'ended';
  const found = readStat(pid);
  if (found === undefined || startedAt === undefined) return 'runs';
  return found.startedAt === startedAt && !found.isZombie ? 'runs' : 'ended';
}

/** The first value after the name in the line of `/proc/<pid>/stat` is the 3rd of it; the start is the 22nd. */
const START_AFTER_NAME = 19;

function readStat(pid: number): { readonly startedAt: string; readonly isZombie: boolean } | undefined {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name may hold spaces and brackets.
    const values = line.slice(line.lastIndexOf(')') + 2).split(' ');
    // Counted from the boot of the machine.
    return { startedAt: `${bootId()} ${values[START_AFTER_NAME]}`, isZombie: values[0] === 'Z' };
  } catch {
    return undefined;
  }
}

const bootId = () => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();

function ownNamespace(): string | undefined {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return undefined;
  }
}
