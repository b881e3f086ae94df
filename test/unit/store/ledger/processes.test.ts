import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { listSessions, proveLedger, type RecordedSession, readSession } from '../../../../src/store/index.js';
import { useBuiltPrograms } from '../../../support/built-programs.js';
import { createDirectory } from '../../../support/directories.js';
import { MORNING } from './support.js';

const program = useBuiltPrograms({ record: 'test/unit/store/ledger/programs/record-events.ts' });

const sessionsIn = (directory: string): readonly RecordedSession[] =>
  listSessions(directory).map((file) => readSession(file) ?? expect.fail(`${file.name} cannot be read`));

it('keeps every event of twenty processes that record into one directory, also when they just end', async () => {
  const directory = join(createDirectory(), 'acme', 'telemetry');
  const ids = Array.from(
    { length: 20 },
    (_, at) => `${String(at).padStart(8, '0')}-2fa1-4d3e-9c1a-0123456789ab`,
  );
  const outcomes = await Promise.all(
    ids.map((id) => run(process.execPath, [program('record'), directory, id, '200'])),
  );
  expect(new Set(outcomes)).toEqual(new Set(['{"failures":0,"kept":true}']));
  const sessions = sessionsIn(directory);
  expect(sessions.map(({ session_id }) => session_id)).toEqual(ids);
  for (const { session_id, events, skipped_lines } of sessions) {
    const expected = Array.from({ length: 200 }, (_, n) => `${session_id}-${n}`);
    expect(events.map(({ uuid }) => uuid)).toEqual(expected);
    expect(skipped_lines).toBe(0);
  }
  expect(proveLedger(directory)).toMatchObject({ findings: [], torn: 0 });
}, 60_000);

it('keeps whole lines when a process is killed while it writes, and at most one that is not', async () => {
  const directory = createDirectory();
  const child = spawn(process.execPath, [program('record'), directory, MORNING, 'forever', '30000'], {
    stdio: 'inherit',
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  while (bytesIn(directory) < 3_000_000) await sleep(5);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const sessions = sessionsIn(directory);
  const skipped = sessions.reduce((sum, { skipped_lines }) => sum + skipped_lines, 0);
  expect(skipped).toBeLessThanOrEqual(1);
  expect(proveLedger(directory)).toMatchObject({ findings: [], torn: skipped });
  const numbers = sessions.flatMap(({ events }) => events.map(({ properties }) => properties.n));
  expect(numbers).toEqual(numbers.map((_, at) => Number(numbers[0]) + at));
}, 60_000);

it.skipIf(process.platform === 'win32')(
  'keeps nothing more, and ends the process as ever, when there is no space left',
  async () => {
    const directory = createDirectory();
    // A limit on the size of files is what a full disk is to a process, and needs no rights: the write is cut short, then
    // refused. Blocks of 512 or 1024 bytes, by shell.
    const limited = `trap '' XFSZ; ulimit -f 100; exec "$0" "$@"`;
    const outcome = await run('sh', [
      '-c',
      limited,
      process.execPath,
      program('record'),
      directory,
      MORNING,
      '50',
      '9000',
    ]);
    expect(outcome).toBe('{"failures":1,"kept":false}');
    const [session, ...others] = sessionsIn(directory);
    expect(others).toEqual([]);
    expect(session?.events.length).toBeGreaterThan(0);
    expect(session?.events.length).toBeLessThan(50);
    expect(session?.skipped_lines).toBeLessThanOrEqual(1);
    expect(proveLedger(directory)).toMatchObject({ findings: [], torn: session?.skipped_lines });
  },
  60_000,
);

it.skipIf(process.platform !== 'linux')(
  'keeps nothing, and does not hang, below a directory of the system in which nothing can be made',
  async () => {
    const outcome = await run(process.execPath, [
      program('record'),
      '/proc/self/fd/acme/telemetry',
      MORNING,
      '1',
    ]);
    expect(outcome).toBe('{"failures":1,"kept":false}');
  },
  20_000,
);

function bytesIn(directory: string): number {
  return listSessions(directory).reduce((sum, { path }) => sum + statSync(path).size, 0);
}

/** @returns what it printed; fails when it does not end with 0 */
async function run(command: string, args: readonly string[]): Promise<string> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill());
  const [output, [status]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  expect(status).toBe(0);
  return output;
}
