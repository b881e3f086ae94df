import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmdirSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Scene } from './observe.js';
import { NOBODY } from './run.js';
import { writeInto } from './world.js';

const isRoot = process.getuid?.() === 0;
const DISK_BYTES = 65_536;

/** Homes in which nothing can be kept. */
export const HOSTILE_HOMES: Readonly<Record<string, Scene>> = {
  // Node then asks the system; nobody's home does not exist. Whoever is not root has a home that is nobody else's business.
  'no HOME': isRoot ? { env: { HOME: undefined }, asNobody: true } : { env: { HOME: '' } },
  'an empty HOME': { env: { HOME: '' } },
  'a HOME that is no absolute path': { env: { HOME: 'somewhere' } },
  'a HOME that does not exist': {
    asNobody: true,
    prepare: ({ root }) => mkdirSync(join(root, 'homes'), { mode: 0o555 }),
    inWorld: ({ root }) => ({ env: { HOME: join(root, 'homes', 'gone') } }),
  },
  'a read-only home': {
    asNobody: true,
    prepare: ({ home }) => {
      if (isRoot) chownSync(home, NOBODY, NOBODY);
      chmodSync(home, 0o555);
    },
    restore: ({ home }) => chmodSync(home, 0o755),
  },
  'a home that is a file': {
    prepare: ({ home }) => {
      rmSync(home, { recursive: true });
      writeFileSync(home, 'not a directory');
    },
  },
  'a home in which the way to the state is a file': {
    prepare: ({ home, app }) => writeInto(join(home, '.local', 'share', app), 'not a directory'),
  },
};

/** Whether this user may mount a disk: hardly anybody but root may, and root not in every container. */
const canMount = isRoot && tryToMount();

/** Homes that look as if something could be kept in them, until somebody tries. */
export const FULL_HOMES: Readonly<Record<string, Scene>> = {
  // What quotas come down to for a program, and what every user can have.
  'files that may not grow': { through: ['sh', '-c', 'ulimit -f 0; exec "$@"', 'sh'] },
  ...(canMount && {
    'a disk without a byte left on it': {
      prepare: ({ home }) => {
        mount(home);
        fill(join(home, 'full'));
      },
      restore: ({ home }) => unmount(home),
    },
  }),
};

function tryToMount(): boolean {
  const directory = mkdtempSync(join(tmpdir(), 'sotto-mount-'));
  try {
    mount(directory);
    unmount(directory);
    return true;
  } catch {
    return false;
  } finally {
    rmdirSync(directory);
  }
}

function mount(directory: string): void {
  command('mount', '-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'sotto-proof', directory);
}

function unmount(directory: string): void {
  command('umount', directory);
}

function command(name: string, ...args: readonly string[]): void {
  const { status, error, stderr } = spawnSync(name, args, { encoding: 'utf8' });
  if (status !== 0) throw error ?? new Error(`${name} ended with ${status}. ${stderr}`);
}

function fill(path: string): void {
  const file = openSync(path, 'w');
  try {
    for (let bytes = 4_096; bytes >= 1; ) {
      try {
        writeSync(file, Buffer.alloc(bytes));
      } catch {
        bytes /= 2;
      }
    }
  } finally {
    closeSync(file);
  }
}
