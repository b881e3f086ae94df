import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Answer, Command } from './programs/long-running-app.js';
import { type RunOptions, start } from './run.js';
import type { World } from './world.js';

/** A program that goes on running, and does what it is told. */
export interface LongRunning extends AsyncDisposable {
  /** @returns how its telemetry was after it had done so. Commands are obeyed one after the other */
  tell(command: Command): Promise<Answer>;
  /** Let it end. @returns its exit code, and what it wrote to standard error */
  end(): Promise<{ readonly status: number | null; readonly stderr: string }>;
}

export function startLongRunning(world: World, options: RunOptions = {}): LongRunning {
  const child = start('long-running-app', world, { args: [], stdin: 'pipe', ...options });
  const [stdin, stdout, stderr] = [child.stdin!, child.stdout!, text(child.stderr!)];
  const closed = once(child, 'close');
  // Nobody reads what those who watch would read: it would fill up, and hold the program.
  for (const stream of child.stdio.slice(3)) (stream as Readable).resume();
  const answers: AsyncIterator<string> = linesOf(createInterface(stdout));
  return {
    async tell(command) {
      stdin.write(`${command}\n`);
      const { value, done } = await answers.next();
      if (done) throw new Error(`The program ended instead of an answer. ${await stderr}`);
      return JSON.parse(value) as Answer;
    },
    async end() {
      stdin.end();
      await closed;
      return { status: child.exitCode, stderr: await stderr };
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await closed;
    },
  };
}

const linesOf = (lines: Interface) => lines[Symbol.asyncIterator]();
