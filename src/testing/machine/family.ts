import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { isProcessAlive } from '../../internal/index.js';
import type { SeenProcess } from './contract.js';
import { watchMarked } from './marked-processes.js';
import type { NotesFile } from './notes-file.js';

/** All that comes from one program. */
export interface Family {
  /** What it has started until now; undefined where that cannot be seen. */
  children(): readonly SeenProcess[] | undefined;
  /** What of that is there now; undefined where that cannot be seen. */
  look(): readonly SeenProcess[] | undefined;
  /** End the program and all that comes from it, and wait until they are gone. */
  kill(): Promise<void>;
}

const KILL_ROUNDS = 50;
const ROUND_MS = 20;

export function watchFamily(child: ChildProcess, mark: string, notes: NotesFile): Family {
  const relatives = process.platform === 'linux' ? byKernel(child, mark, notes) : byNotes(notes);
  return {
    ...relatives,
    async kill() {
      for (let round = 0; round < KILL_ROUNDS; round += 1) {
        child.kill('SIGKILL');
        const left = relatives.look() ?? [];
        if (left.length === 0) return;
        // What starts others all the time is killed faster than it does that.
        for (const { pid } of left) killOne(pid);
        await sleep(ROUND_MS);
      }
    },
  };
}

type Relatives = Pick<Family, 'children' | 'look'>;

/** The kernel shows what there is, and notes what was over before anybody looked. */
function byKernel({ pid = 0 }: ChildProcess, mark: string, notes: NotesFile): Relatives {
  const marked = watchMarked(mark, pid);
  return {
    look: () => marked.look(new Set(notes.read().processes.map((noted) => noted.pid))),
    children() {
      const noted = notes.read().processes;
      const known = new Set(noted.map((process) => process.pid));
      return [...noted, ...marked.seen().filter((process) => !known.has(process.pid))];
    },
  };
}

function byNotes(notes: NotesFile): Relatives {
  const ifTaken = (processes: readonly SeenProcess[]) => (notes.read().areTaken ? processes : undefined);
  return {
    children: () => ifTaken(notes.read().processes),
    look: () => ifTaken(notes.read().processes.filter(({ pid }) => pid > 0 && isProcessAlive(pid))),
  };
}

function killOne(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
