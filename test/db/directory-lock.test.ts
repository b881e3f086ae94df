import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lockDirectory } from '../../src/server/db/directory-lock.js';
import { openDatabase } from '../../src/server/db/index.js';
import { createDirectory } from '../support/directories.js';

const IN_USE = { name: 'RepositoryError', code: 'DATABASE_IN_USE' };

/** A program in a process of its own, which answers each line with one. */
async function start(name: 'hold-directory' | 'hold-database', directory: string) {
  const program = fileURLToPath(new URL(`./programs/${name}.ts`, import.meta.url));
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', program, directory], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  if (child.stdout === null) throw new Error('A program without output.');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => (await lines.next()).value as string;
  const first = await next();
  return {
    first,
    pid: child.pid,
    ask(order: 'lock' | 'release') {
      child.stdin?.write(`${order}\n`);
      return next();
    },
    async kill() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** The lock that a process left when it was killed. */
async function leaveLock(directory: string): Promise<Record<string, unknown>> {
  const holder = await start('hold-directory', directory);
  expect(await holder.ask('lock')).toBe('locked');
  await holder.kill();
  return JSON.parse(readFileSync(join(directory, 'lock'), 'utf8'));
}

describe('the lock of a directory', () => {
  it('keeps out other processes and this one until it is given back, and leaves nothing', async () => {
    const directory = createDirectory();
    const other = await start('hold-directory', directory);
    const release = lockDirectory(directory);
    expect(await other.ask('lock')).toBe('DATABASE_IN_USE');
    expect(() => lockDirectory(directory)).toThrow(expect.objectContaining(IN_USE));
    release();
    release();
    expect(readdirSync(directory)).toEqual([]);
    expect(await other.ask('lock')).toBe('locked');
    expect(() => lockDirectory(directory)).toThrow(expect.objectContaining(IN_USE));
    expect(await other.ask('release')).toBe('released');
    expect(readdirSync(directory)).toEqual([]);
  });

  it('says what to do, and not where', () => {
    const directory = createDirectory();
    const release = lockDirectory(directory);
    onTestFinished(release);
    expect(() => lockDirectory(directory)).toThrow(/Stop that process, or give both a PostgreSQL server/);
    expect(() => lockDirectory(directory)).not.toThrow(directory);
  });

  it('is not given back by one who has lost it', () => {
    const directory = createDirectory();
    const releaseFirst = lockDirectory(directory);
    rmSync(join(directory, 'lock'));
    const releaseSecond = lockDirectory(directory);
    releaseFirst();
    expect(() => lockDirectory(directory)).toThrow(expect.objectContaining(IN_USE));
    releaseSecond();
  });

  it('goes to one of many when its holder was killed, every time', async () => {
    const directory = createDirectory();
    const left = await leaveLock(directory);
    const programs = await Promise.all(Array.from({ length: 4 }, () => start('hold-directory', directory)));
    for (let round = 0; round < 100; round += 1) {
      const answers = await Promise.all(programs.map((program) => program.ask('lock')));
      const winner = programs[answers.indexOf('locked')];
      expect([...answers].sort()).toEqual([
        'DATABASE_IN_USE',
        'DATABASE_IN_USE',
        'DATABASE_IN_USE',
        'locked',
      ]);
      expect(JSON.parse(readFileSync(join(directory, 'lock'), 'utf8')).pid).toBe(winner?.pid);
      await winner?.ask('release');
      writeFileSync(join(directory, 'lock'), JSON.stringify({ ...left, token: randomUUID() }));
    }
  });

  it('goes on when who took it over was killed in the middle', async () => {
    const directory = createDirectory();
    const left = await leaveLock(directory);
    const second = { ...left, token: randomUUID() };
    writeFileSync(join(directory, `lock.after-${left.token}`), JSON.stringify(second));
    writeFileSync(join(directory, `lock.after-${randomUUID()}`), JSON.stringify(left));
    const release = lockDirectory(directory);
    expect(readdirSync(directory)).toEqual(['lock']);
    release();
    expect(readdirSync(directory)).toEqual([]);
  });

  it.runIf(process.platform === 'linux')(
    'is no longer held by a process whose number another one has now',
    async () => {
      const directory = createDirectory();
      const left = await leaveLock(directory);
      writeFileSync(join(directory, 'lock'), JSON.stringify({ ...left, pid: process.pid }));
      lockDirectory(directory)();
    },
  );

  it('is no longer held after a power failure that emptied its file', () => {
    const directory = createDirectory();
    writeFileSync(join(directory, 'lock'), '');
    lockDirectory(directory)();
  });

  it('is held by a process of another container as long as that gives signs', async () => {
    const directory = createDirectory();
    const left = await leaveLock(directory);
    writeFileSync(join(directory, 'lock'), JSON.stringify({ ...left, namespace: 'pid:[1]' }));
    expect(() => lockDirectory(directory)).toThrow(expect.objectContaining(IN_USE));
    const longAgo = new Date(Date.now() - 120_000);
    utimesSync(join(directory, 'lock'), longAgo, longAgo);
    lockDirectory(directory)();
  });

  it('cannot be had where nothing can be written', () => {
    const error = expect.objectContaining({ code: 'DATABASE_FAILED' });
    expect(() => lockDirectory(join(createDirectory(), 'absent'))).toThrow(error);
  });
});

describe('the embedded database', () => {
  it('is of one process, and of the next one with all that it kept when that is killed', async () => {
    const directory = createDirectory();
    const holder = await start('hold-database', directory);
    expect(holder.first).toBe('open');
    await expect(openDatabase({ directory })).rejects.toMatchObject(IN_USE);
    await holder.kill();
    await using database = await openDatabase({ directory });
    expect((await database.orgs.list()).map(({ orgId }) => orgId)).toEqual(['written-before-the-end']);
    expect((await start('hold-database', directory)).first).toBe('DATABASE_IN_USE');
  }, 120_000);
});
