import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { useBuiltPrograms } from '../../../support/built-programs.js';
import { createDirectory } from '../../../support/directories.js';
import { makeOld } from './support.js';

const program = useBuiltPrograms({ race: 'test/unit/store/spool/programs/race-for-lease.ts' });

const PROCESSES = 24;
const ROUNDS = 20;

it('gives the lease to one of many processes that ask at once, every time, also when the one before is dead', async () => {
  const folder = createDirectory();
  const free = Array.from({ length: ROUNDS }, (_, at) => `free-${at}`);
  const stale = Array.from({ length: ROUNDS }, (_, at) => `stale-${at}`);
  for (const name of [...free, ...stale])
    mkdirSync(join(folder, name, 'spool'), { recursive: true, mode: 0o700 });
  for (const name of stale) {
    const lease = join(folder, name, 'spool', 'lease');
    writeFileSync(lease, 'of a dead process');
    makeOld(lease, 60_000);
  }
  const children = Array.from({ length: PROCESSES }, (_, at) =>
    start([folder, String(at), [...free, ...stale].join(',')]),
  );
  const outputs = children.map(({ stdout }) => text(stdout ?? expect.fail()));
  while (readdirSync(folder).filter((name) => name.startsWith('ready-')).length < PROCESSES) await sleep(20);
  writeFileSync(join(folder, 'go'), String(Date.now() + 300));
  const got: string[] = (await Promise.all(outputs)).flatMap((output) => JSON.parse(output));
  expect(got.sort()).toEqual([...free, ...stale].sort());
  for (const name of stale) expect(existsSync(join(folder, name, 'spool', 'lease.claim'))).toBe(false);
}, 120_000);

function start(args: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [program('race'), ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}
