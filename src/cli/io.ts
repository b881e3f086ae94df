import type { Readable } from 'node:stream';
import { type Environment, readEnvironment } from '../settings/index.js';
import { EXIT } from './exit-status.js';

/** Where text goes. One that says `isTTY` is a terminal as `node:tty` has it, and so is such an input. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** All that a command sees of the world besides the app's files. */
export interface CommandIo {
  readonly stdin: Readable & { readonly isTTY?: boolean | undefined };
  /** The answer, and nothing else. */
  readonly stdout: Output;
  /** Questions, hints, progress and errors. */
  readonly stderr: Output;
  readonly environment: Environment;
  /** What relative paths are relative to. */
  readonly cwd: string;
  /** Aborted by Ctrl-C. */
  readonly interrupted: AbortSignal;
  /** Aborted when nobody reads `stdout` any more. */
  readonly closed: AbortSignal;
  /** Told the signal by which a command that runs on was asked to end. */
  readonly onEndAsked?: ((signal: NodeJS.Signals) => void) | undefined;
}

/** The process's own streams, for the time of one command. */
export interface ProcessIo {
  readonly io: CommandIo;
  /**
   * Wait until everything is written, and stop listening. What could not be written is told on standard error.
   *
   * @param status - of the command
   * @returns the exit status: a command has failed too when its answer, as far as somebody read it, could not be written
   */
  close(status: number): Promise<number>;
}

/** Listen to Ctrl-C (the first one; a second one ends the process) and to readers that leave, as `head` does. */
export function openProcessIo(onEndAsked?: CommandIo['onEndAsked']): ProcessIo {
  const { stdout, stderr } = process;
  const interrupt = new AbortController();
  const close = new AbortController();
  const onInterrupt = () => interrupt.abort();
  let failure: string | undefined;
  const onError = (error: NodeJS.ErrnoException) => {
    close.abort();
    // A reader that left has seen enough; a full disk has not kept the answer.
    if (error.code !== 'EPIPE') failure = error.code;
  };
  process.once('SIGINT', onInterrupt);
  stdout.on('error', onError);
  stderr.on('error', onError);
  return {
    io: {
      // Looked up by their first use: a process may have no standard input, and no working directory.
      get stdin() {
        return process.stdin;
      },
      get cwd() {
        return process.cwd();
      },
      stdout,
      stderr,
      environment: readEnvironment(),
      interrupted: interrupt.signal,
      closed: close.signal,
      onEndAsked,
    },
    async close(status) {
      await Promise.all([written(stdout), written(stderr)]);
      if (failure !== undefined) stderr.write(`The answer could not be written: ${failure}.\n`);
      process.off('SIGINT', onInterrupt);
      stdout.off('error', onError);
      stderr.off('error', onError);
      return failure === undefined ? status : status || EXIT.failed;
    },
  };
}

/** A stream tells of its failure after the callback of the write that failed: so one turn later. */
async function written(stream: NodeJS.WriteStream): Promise<void> {
  await new Promise<void>((resolve) => stream.write('', () => resolve()));
  await new Promise<void>((resolve) => setImmediate(resolve));
}
