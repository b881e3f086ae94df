import { readdirSync, readFileSync } from 'node:fs';
import type { SeenProcess } from './contract.js';

/** A process as the kernel of Linux tells of it. */
interface Entry {
  readonly pid: number;
  readonly parent: number;
  /** The same number may be given to another process later, which then started at another time. */
  readonly startedAt: string;
}

/** Those of the processes that bear a mark in their environment, or were started by one that does. */
export interface MarkedProcesses {
  /** All that were ever seen, with what they were last seen to run; without the first. */
  readonly seen: () => readonly SeenProcess[];
  /**
   * Look again.
   *
   * @param noted - numbers of processes that are known to come from the first
   * @returns those that are there now, without the first
   */
  look(noted: ReadonlySet<number>): readonly SeenProcess[];
}

/**
 * Look for processes by a variable of their environment; also for those that have left their parent and their group.
 *
 * @param mark - as it stands in an environment: `NAME=value`
 * @param first - the one that all others come from
 */
export function watchMarked(mark: string, first: number): MarkedProcesses {
  const isMarked = new Map<string, boolean>();
  const seen = new Map<string, SeenProcess>();
  const keyOf = ({ pid, startedAt }: Entry) => `${pid} ${startedAt}`;
  const judge = (entry: Entry, byPid: ReadonlyMap<number, Entry>): boolean => {
    const known = isMarked.get(keyOf(entry));
    if (known !== undefined) return known;
    const parent = byPid.get(entry.parent);
    // The first may be looked at before it is the program that it becomes.
    const isFirst = entry.pid === first;
    const marked = isFirst || hasMark(entry.pid, mark) || (parent !== undefined && judge(parent, byPid));
    isMarked.set(keyOf(entry), marked);
    return marked;
  };
  return {
    seen: () => [...seen.values()],
    look(noted) {
      const entries = readEntries();
      const byPid = new Map(entries.map((entry) => [entry.pid, entry]));
      for (const entry of entries) if (noted.has(entry.pid)) isMarked.set(keyOf(entry), true);
      const marked = entries.filter((entry) => judge(entry, byPid) && entry.pid !== first);
      for (const entry of marked) seen.set(keyOf(entry), toProcess(entry, seen.get(keyOf(entry))));
      return marked.map((entry) => seen.get(keyOf(entry)) ?? { pid: entry.pid, args: [], isNoted: false });
    },
  };
}

function readEntries(): readonly Entry[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const stat = read(`/proc/${name}/stat`);
      // The name of the program stands in parentheses, and may hold anything.
      const [state, parent, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const isThere = stat !== '' && state !== 'Z' && state !== 'X';
      return isThere ? [{ pid: Number(name), parent: Number(parent), startedAt: rest[17] ?? '' }] : [];
    });
}

function hasMark(pid: number, mark: string): boolean {
  return read(`/proc/${pid}/environ`).split('\0').includes(mark);
}

function toProcess({ pid }: Entry, before: SeenProcess | undefined): SeenProcess {
  const args = read(`/proc/${pid}/cmdline`).split('\0').slice(0, -1);
  return args.length === 0 && before !== undefined ? before : { pid, args, isNoted: false };
}

/** Empty where it cannot be read: it has just ended, or is somebody else's. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
