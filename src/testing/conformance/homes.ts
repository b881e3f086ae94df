import { spawnSync } from 'node:child_process';
import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Machine } from '../machine/index.js';
import type { Arrange, Setting } from './scene.js';

const isWindows = process.platform === 'win32';
const isRoot = process.getuid?.() === 0;

/** What a disk holds that has room for hardly anything. */
const DISK_BYTES = 131_072;

/** Mounts of its own, which end with the last program that sees them: nothing has to be undone, whatever happens. */
const onOwnMounts = (script: string, ...args: readonly string[]) => [
  'unshare',
  '--mount',
  'sh',
  '-c',
  script,
  ...args,
];

let mountable: boolean | undefined;

/** Whether this user may mount something: hardly anybody but root may, and root not in every container. */
function canMount(): boolean {
  const [command = '', ...args] = onOwnMounts('mount -t tmpfs -o size=64k sotto /mnt');
  mountable ??= process.platform === 'linux' && isRoot && spawnSync(command, args).status === 0;
  return mountable;
}

/** Neither a variable nor the system knows a home: as for the random users of some containers. */
export const homeless: Arrange = () => {
  if (!canMount()) return { env: { HOME: '', USERPROFILE: '' } };
  const script = 'mount --bind /dev/null /etc/passwd && exec "$@"';
  return { env: { HOME: undefined }, through: onOwnMounts(script, 'sh') };
};

export function whyNotHomeless(): string | undefined {
  return isWindows ? 'Windows knows a home for everybody.' : undefined;
}

export const readOnlyHome: Arrange = ({ home, cwd }) => {
  if (!isRoot) return lock(home);
  const script =
    'home=$1; cwd=$2; shift 2; mount --bind "$home" "$home" && mount -o remount,bind,ro "$home" && cd "$cwd" && exec "$@"';
  return { through: onOwnMounts(script, 'sh', home, cwd) };
};

export function whyNotReadOnly(): string | undefined {
  if (isWindows) return 'A directory on Windows is not made read-only by a flag.';
  return isRoot && !canMount()
    ? 'Root may write everywhere, and may mount nothing here. Run it as another user.'
    : undefined;
}

/** @returns nothing to add: the home itself is changed */
function lock(home: string): Setting {
  for (const directory of directoriesBelow(home)) chmodSync(directory, 0o555);
  return {};
}

export function unlockHome({ home }: Machine): void {
  if (isRoot || isWindows) return;
  chmodSync(home, 0o755);
  for (const directory of directoriesBelow(home)) chmodSync(directory, 0o755);
}

/** The innermost first where they are locked, and readable at every time. */
function directoriesBelow(path: string): readonly string[] {
  const inside = readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [...inside.flatMap(({ name }) => directoriesBelow(join(path, name))), path];
}

/** A disk of its own for the home, without a byte left on it. */
export const fullDisk: Arrange = ({ home, cwd, root }) => {
  const script = [
    'home=$1; cwd=$2; copy=$3; shift 3',
    'cp -a "$home" "$copy"',
    `mount -t tmpfs -o size=${DISK_BYTES} sotto "$home"`,
    'cp -a "$copy/." "$home"',
    '{ cat /dev/zero >"$home/full" 2>/dev/null; cd "$cwd"; }',
    'exec "$@"',
  ].join(' && ');
  return { through: onOwnMounts(script, 'sh', home, cwd, join(root, 'copy')) };
};

export function whyNotFull(): string | undefined {
  return canMount() ? undefined : 'A full disk is made on Linux, by root where it may mount.';
}

/** What quotas come down to for a program, and what every user can have. */
export const noGrowth: Arrange = () => ({ through: ['sh', '-c', 'ulimit -f 0; exec "$@"', 'sh'] });

export const closedErrors: Arrange = () => ({ through: ['sh', '-c', 'exec "$@" 2>&-', 'sh'] });

export function whyNoShell(): string | undefined {
  return isWindows ? 'It is made by a POSIX shell.' : undefined;
}
