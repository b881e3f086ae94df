import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runProgram } from '../../support/run-program.js';

const program = (name: string) => new URL(`programs/${name}.ts`, import.meta.url);
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

const run = async (...args: readonly string[]) => {
  const { stdout, ...result } = await runProgram(program('end'), { arguments: args });
  return { ...result, lines: linesOf(stdout) };
};

const linesOf = (output: string) => output.split('\n').slice(0, -1);

/** Start the program and send it a signal after each of these lines. */
async function signal(args: readonly string[], signals: readonly (readonly [string, NodeJS.Signals])[]) {
  const child = spawn(process.execPath, ['--import', TSX, fileURLToPath(program('end')), ...args]);
  const output = { stdout: '', stderr: '' };
  let sent = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
    const next = signals[sent];
    if (!next || !linesOf(output.stdout).includes(next[0])) return;
    sent += 1;
    child.kill(next[1]);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  // A program that does not end is a failure, and nobody's to keep.
  const timer = setTimeout(() => child.kill('SIGKILL'), 15_000);
  const [code, endedBy] = await once(child, 'close');
  clearTimeout(timer);
  return { code, signal: endedBy, lines: linesOf(output.stdout), stderr: output.stderr };
}

describe('the end of a program', () => {
  it.concurrent.each([
    ['runs out', 'none', 0, ['ready', 'persist, over']],
    ['runs out', 'short', 0, ['ready', 'finish', 'finished', 'persist, over']],
    ['runs out', 'idle', 0, ['ready', 'finish', 'persist, over']],
    ['runs out', 'failing', 0, ['ready', 'finish', 'persist, over']],
    ['has a code', 'short', 3, ['ready', 'finish', 'finished', 'persist, over']],
    ['exits', 'none', 3, ['persist, over']],
    ['exits', 'short', 3, ['persist, over']],
    ['stops working', 'short', 0, ['ready']],
    ['works again', 'short', 0, ['ready', 'finish', 'finished', 'more', 'finish', 'finished', 'persist, over']],
  ])('that %s, with %s to finish, keeps its exit code', async (end, finish, code, lines) => {
    expect(await run(finish, end)).toEqual({ code, signal: null, stderr: '', lines });
  }); // biome-ignore format: a table

  it.concurrent.each([
    ['throws', ['persist, over']],
    ['rejects', ['ready', 'persist, over']],
  ])('that %s is told by Node itself', async (end, lines) => {
    const result = await run('short', end);
    expect(result).toMatchObject({ code: 1, signal: null, lines });
    expect(result.stderr).toMatch(/RangeError: of the program\n[\s\S]*Node\.js v\d+/);
    expect(result.stderr).not.toContain('src/delivery');
  });

  it.concurrent('that is a worker thread is told to it, and signals are none of its business', async () => {
    expect(await runProgram(program('end-in-thread'))).toEqual({
      code: 0,
      signal: null,
      stdout: '0 listeners to SIGTERM\npersist, over\nended with 4\n',
      stderr: '',
    });
  });

  it.concurrent('that is a worker of a cluster is told to it as to others', async () => {
    const { stdout, ...result } = await runProgram(program('end-in-cluster'));
    expect(result).toEqual({ code: 0, signal: null, stderr: '' });
    expect(linesOf(stdout)).toEqual([
      'persist, over',
      'ended with 3',
      'persist',
      'finish',
      'persist, over',
      'ended with SIGTERM',
    ]);
  });
});

describe.skipIf(process.platform === 'win32')('a signal', () => {
  const FINISHED = ['ready', 'persist', 'finish', 'finished', 'persist, over'];

  it.concurrent.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'is the way the program ends when all is finished: %s',
    async (name) => {
      const result = await signal(['short', 'stays'], [['ready', name]]);
      expect(result).toEqual({ code: null, signal: name, stderr: '', lines: FINISHED });
    },
  );

  it.concurrent.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'ends a program that computes, where there is nothing to finish: %s',
    async (name) => {
      const result = await signal(['none', 'computes'], [['ready', name]]);
      expect(result).toEqual({ code: null, signal: name, stderr: '', lines: ['ready'] });
    },
  );

  it.concurrent.each([
    ['SIGINT', 'SIGINT'],
    ['SIGTERM', 'SIGINT'],
    ['SIGINT', 'SIGHUP'],
  ] as const)('of the second time ends it at once: %s, then %s', async (first, second) => {
    const result = await signal(['hanging', 'stays'], [
      ['ready', first],
      ['finish', second],
    ]); // biome-ignore format: a table
    expect(result).toMatchObject({ code: null, signal: second, stderr: '' });
    expect(result.lines).toEqual(['ready', 'persist', 'finish', 'persist', 'persist, over']);
  });

  it.concurrent('ends a program at once that has ended but for the work', async () => {
    const result = await signal(['hanging', 'runs out'], [['finish', 'SIGINT']]);
    expect(result).toMatchObject({ code: null, signal: 'SIGINT', stderr: '' });
    expect(result.lines).toEqual(['ready', 'finish', 'persist', 'persist, over']);
  });

  it.concurrent('is the way the program ends when what is waited for cannot come', async () => {
    const result = await signal(['idle, with nothing else to do', 'stays'], [['ready', 'SIGTERM']]);
    expect(result).toMatchObject({ code: null, signal: 'SIGTERM', stderr: '' });
    expect(result.lines.slice(0, 4)).toEqual(['ready', 'persist', 'finish', 'persist, over']);
  });

  it.concurrent('is left to a program that listens to it', async () => {
    const result = await signal(['short', 'stays', 'exits'], [['ready', 'SIGTERM']]);
    expect(result).toEqual({
      code: 5,
      signal: null,
      stderr: '',
      lines: ['ready', 'persist', 'persist, over'],
    });
  });

  it.concurrent.each(['ignores', 'once'])('is left to a program whose listener %s', async (listener) => {
    const result = await signal(['short', 'stays', listener], [
      ['ready', 'SIGTERM'],
      ['program', 'SIGINT'],
    ]); // biome-ignore format: a table
    expect(result).toMatchObject({ code: null, signal: 'SIGINT', stderr: '' });
    expect(result.lines).toEqual(['ready', 'persist', 'program', ...FINISHED.slice(1)]);
  });

  it.concurrent('ends at once a program that listened to the first one only', async () => {
    const result = await signal(['hanging', 'stays', 'once'], [
      ['ready', 'SIGTERM'],
      ['program', 'SIGTERM'],
    ]); // biome-ignore format: a table
    expect(result).toMatchObject({ code: null, signal: 'SIGTERM', stderr: '' });
    expect(result.lines).toEqual(['ready', 'persist', 'program', 'persist', 'persist, over']);
  });

  it.concurrent('ends a program that has signal-exit, which cleans up', async () => {
    const result = await signal(['short', 'stays', 'signal-exit'], [['ready', 'SIGTERM']]);
    expect(result).toEqual({ code: null, signal: 'SIGTERM', stderr: '', lines: [...FINISHED, 'cleaned up'] });
  });

  it.concurrent('ends a program with two copies of the package when both have finished', async () => {
    const result = await signal(['short', 'stays', 'second copy'], [['ready', 'SIGTERM']]);
    expect(result).toMatchObject({ code: null, signal: 'SIGTERM', stderr: '' });
    const [ready, ...lines] = FINISHED;
    expect(result.lines).toEqual([ready, ...lines.flatMap((line) => [line, line])]);
  });
});
