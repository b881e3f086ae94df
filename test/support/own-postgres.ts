import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { findFreePort } from './free-port.js';
import { queryOnce, type TestPostgres } from './postgres.js';
import { endServer, isRunning, untilSaid } from './server-process.js';

/** How the manual of PostgreSQL calls them: `fast` ends every transaction and writes what it has, `immediate` leaves that to the next start. */
type StopMode = 'fast' | 'immediate';

/** A PostgreSQL server of one test file, with one database, that can be taken away and brought back. What it has committed stays. */
export interface OwnPostgres extends TestPostgres {
  /** Resolves when its process has ended. */
  stop(mode: StopMode): Promise<void>;
  /** End it and all its processes without a word, as the system does that has no memory left. */
  kill9(): Promise<void>;
  /** The same server again, on the same port, with what is on its disk. Resolves when it takes connections. */
  start(): Promise<void>;
  /** Stop it and start it. */
  restart(mode: StopMode): Promise<void>;
}

const VERSIONS = '/usr/lib/postgresql';
const SIGNALS = { fast: 'SIGINT', immediate: 'SIGQUIT' } as const;
const READY = 'database system is ready to accept connections';
const GONE_WITHIN_MS = 5_000;
const run = promisify(execFile);

/** Nothing outlives this machine, so that nothing has to reach its disk: the system keeps what a process wrote that was killed. */
const SETTINGS = ['fsync=off', 'shared_buffers=16MB', 'max_connections=60'];

/** Making one takes a second or two. @throws where the programs of the server are not installed */
export async function startOwnPostgres(): Promise<OwnPostgres> {
  const programs = findPrograms();
  const owner = await findOwner();
  const directory = await mkdtemp(join(tmpdir(), 'sotto-postgres-'));
  if (owner !== undefined) await chown(directory, owner.uid, owner.gid);
  const data = join(directory, 'data');
  const as = { ...owner, cwd: directory, env: { PATH: process.env.PATH, LC_ALL: 'C' } };
  const layout = ['--auth=trust', '--username=root', '--no-locale', '--encoding=UTF8', '--no-sync'];
  await run(join(programs, 'initdb'), [...layout, `--pgdata=${data}`], as);

  const port = await findFreePort();
  const place = ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', directory];
  const url = `postgresql://root@127.0.0.1:${port}/postgres`;
  let child: ChildProcess | undefined;

  const start = async () => {
    const settings = SETTINGS.flatMap((setting) => ['-c', setting]);
    child = spawn(join(programs, 'postgres'), [...place, ...settings], {
      ...as,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    await untilSaid(child, READY);
  };
  const end = (signal: NodeJS.Signals) => endServer(child, signal);
  const kill9 = async () => {
    if (!isRunning(child)) return;
    // It would start others in place of those that end.
    child.kill('SIGSTOP');
    const processes = await readChildren(child);
    await end('SIGKILL');
    for (const id of processes) kill(id);
    // The server does not start while one of them has its memory.
    await untilGone(processes);
  };
  const drop = async () => {
    await end(SIGNALS.immediate);
    await rm(directory, { recursive: true, force: true });
  };
  await start();
  return {
    url,
    urlInZone: (timeZone) => `${url}?options=${encodeURIComponent(`-c TimeZone=${timeZone}`)}`,
    query: (text) => queryOnce(url, text),
    stop: (mode) => end(SIGNALS[mode]),
    kill9,
    start,
    async restart(mode) {
      await end(SIGNALS[mode]);
      await start();
    },
    drop,
    [Symbol.asyncDispose]: drop,
  };
}

/** The newest that is installed: where a client of a newer one is, only the client's programs are. */
function findPrograms(): string {
  const versions = readdirSync(VERSIONS).sort((one, other) => Number(other) - Number(one));
  const newest = versions.find((version) => existsSync(join(VERSIONS, version, 'bin', 'initdb')));
  if (newest === undefined) throw new Error(`There is no PostgreSQL server below ${VERSIONS}.`);
  return join(VERSIONS, newest, 'bin');
}

/** It refuses to run as root. @returns undefined where the tests do not, and it runs as they do */
async function findOwner(): Promise<{ readonly uid: number; readonly gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (which) => Number((await run('id', [which, 'postgres'])).stdout)),
  );
  return { uid: uid ?? 0, gid: gid ?? 0 };
}

async function readChildren({ pid }: ChildProcess): Promise<readonly number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return text.trim().split(/\s+/).filter(Boolean).map(Number);
}

function kill(id: number): void {
  try {
    process.kill(id, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

async function untilGone(processes: readonly number[]): Promise<void> {
  const lastMs = performance.now() + GONE_WITHIN_MS;
  for (const id of processes) {
    while (await isThere(id)) {
      if (performance.now() > lastMs) throw new Error('A process of the PostgreSQL server does not end.');
      await sleep(5);
    }
  }
}

/** One that has ended may still be listed until somebody asks how: it has no memory then. */
async function isThere(id: number): Promise<boolean> {
  const stat = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => '');
  return stat !== '' && !/\) [ZX] /.test(stat);
}
