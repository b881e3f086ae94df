import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { clearData, readUsage } from '../../../src/store/index.js';
import { useBuiltPrograms } from '../../support/built-programs.js';
import { createDirectory } from '../../support/directories.js';

const program = useBuiltPrograms({ count: 'test/e2e/usage/programs/count.ts' });

interface Counting {
  readonly child: ChildProcess;
  /** Wait until it has printed so many lines, or ended. */
  reached(lines: number): Promise<void>;
  /** How often it has said that everything stood on disk. */
  counted(): number;
  /** The same, and its status, once it has ended. */
  readonly ended: Promise<{ readonly counted: number; readonly status: number | null }>;
}

function startCounting(directory: string, count: number | 'forever', bytes = 0): Counting {
  const args = [program('count'), directory, String(count), String(bytes)];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  let onLine = () => {};
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    onLine();
  });
  const lines = () => output.split('\n').length - 1;
  const counted = () => Math.max(0, lines() - 1);
  const ended = once(child, 'close').then(([status]) => {
    onLine();
    return { counted: counted(), status: status as number | null };
  });
  return {
    child,
    counted,
    ended,
    reached: (count) =>
      new Promise((resolve) => {
        onLine = () => {
          if (lines() >= count || child.exitCode !== null || child.signalCode !== null) resolve();
        };
        onLine();
      }),
  };
}

const totalsIn = (directory: string) => {
  const { features, hooks, isDamaged } = readUsage(directory);
  return { feature: features.get('export')?.total, hook: hooks.get('export')?.total, isDamaged };
};

it('counts exactly what two processes count at once', async () => {
  const directory = createDirectory();
  const ends = await Promise.all([1, 2].map(() => startCounting(directory, 500).ended));
  expect(ends).toEqual([1, 2].map(() => ({ counted: 500, status: 0 })));
  const { features, hooks, events, isDamaged } = readUsage(directory);
  expect(isDamaged).toBe(false);
  expect(features.get('export')?.total).toBe(1_000);
  expect([...(features.get('export')?.variants.values() ?? [])]).toEqual([500, 500]);
  expect(hooks.get('export')).toMatchObject({ total: 1_000, samples: { length: 5 } });
  expect(events).toHaveLength(200);
  for (const pid of new Set(events.map(({ payload }) => payload.pid))) {
    const numbers = events.filter(({ payload }) => payload.pid === pid).map(({ payload }) => payload.n);
    expect(numbers).toEqual(numbers.map((_, at) => 501 - numbers.length + at));
  }
});

it('counts exactly what many processes count that begin while others add up, in few files', async () => {
  const directory = createDirectory();
  for (let wave = 0; wave < 6; wave += 1) {
    const ends = await Promise.all([1, 2, 3, 4, 5].map(() => startCounting(directory, 40, 2_000).ended));
    expect(ends.every(({ status }) => status === 0)).toBe(true);
    const counted = (wave + 1) * 200;
    expect(totalsIn(directory)).toEqual({ feature: counted, hook: counted, isDamaged: false });
  }
  expect(readdirSync(join(directory, 'usage')).length).toBeLessThan(20);
});

it('loses nothing that was said to be counted when a process is killed, a hundred times', async () => {
  const directory = createDirectory();
  let sure = 0;
  for (let round = 0; round < 100; round += 1) {
    const counting = startCounting(directory, 'forever', round % 2 === 0 ? 0 : 3_000);
    // Some at their first record, where they add up what the others left.
    await counting.reached(1 + (round % 4) * 9);
    counting.child.kill('SIGKILL');
    sure += (await counting.ended).counted;
    const { feature = 0, hook = 0, isDamaged } = totalsIn(directory);
    expect(isDamaged).toBe(false);
    for (const total of [feature, hook]) {
      expect(total).toBeGreaterThanOrEqual(sure);
      expect(total).toBeLessThanOrEqual(sure + round + 1);
    }
  }
  expect(sure).toBeGreaterThan(1_000);

  // Who was killed while it added up left its lock, which holds for a minute.
  const lock = join(directory, 'usage', 'total.json.lock');
  if (existsSync(lock)) utimesSync(lock, 0, 0);
  const before = totalsIn(directory);
  for (let round = 0; round < 5; round += 1) await startCounting(directory, 1).ended;
  expect(readdirSync(join(directory, 'usage')).length).toBeLessThan(12);
  expect(totalsIn(directory)).toEqual({
    feature: Number(before.feature) + 5,
    hook: Number(before.hook) + 5,
    isDamaged: false,
  });
});

it('counts only what came after, when another process clears the data while it counts and adds up', async () => {
  const directory = createDirectory();
  const counting = startCounting(directory, 'forever', 4_000);
  await counting.reached(100);
  let gone = 0;
  for (let round = 1; round <= 60; round += 1) {
    const { events } = readUsage(directory);
    expect(Math.min(...events.map(({ payload }) => Number(payload.n)))).toBeGreaterThan(gone);
    gone = counting.counted();
    expect(clearData(directory).failed).toEqual([]);
    await counting.reached(gone + (round % 4) * 50);
  }
  counting.child.stdin?.write('stop\n');
  const { counted, status } = await counting.ended;
  expect(status).toBe(0);
  const { feature = 0, isDamaged } = totalsIn(directory);
  expect(feature).toBeLessThanOrEqual(counted - gone);
  expect(isDamaged).toBe(false);
  clearData(directory);
  expect(readdirSync(directory)).toEqual([]);
});
