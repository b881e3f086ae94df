import { createInterface } from 'node:readline';
import type { ReadStream, WriteStream } from 'node:tty';
import { resolveTextStyle } from '../text/index.js';
import { borrowInput } from './borrow-input.js';
import { type Terminal, UNMEANT_LINE } from './terminal.js';

export interface TerminalStreams {
  readonly stdin: ReadStream;
  readonly stderr: WriteStream;
}

/** In this time everything that was typed before arrives. */
const DRAIN_MS = 50;

/** Nobody has read a question and answered it in this time. */
const READING_MS = 300;

/** In this time the rest of a paste arrives. */
const REST_MS = 50;

/**
 * The terminal of the process, to put questions on: everything is written to `stderr`. Ctrl-C while it is open is an answer
 * that is none, and no signal.
 *
 * @param streams - terminals both, of which nobody else reads; `process` itself fits
 * @param env - the environment
 * @remarks After `close()` the streams are as they were: mode, listeners and flow, so that the program can read on or end.
 *   Lines that were typed while no question stood are the program's again.
 */
export async function openTerminal(
  { stdin, stderr }: TerminalStreams,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Terminal> {
  const { platform } = process;
  const typed: string[] = [];
  let answer: ((line: string | undefined) => void) | undefined;
  let timer: NodeJS.Timeout | undefined;
  let askedAtMs = 0;
  /** A line has come, and it is not yet known whether more comes behind it. */
  let isHeard = false;
  let state: 'open' | 'ended' | 'gone' | 'closed' = 'open';

  function settle(line: string | undefined): void {
    const waiting = answer;
    answer = undefined;
    isHeard = false;
    clearTimeout(timer);
    waiting?.(line);
  }

  function hear(line: string): void {
    if (answer === undefined || isHeard) {
      typed.push(line);
      return;
    }
    isHeard = true;
    const isHasty = performance.now() - askedAtMs < READING_MS;
    const typedBefore = typed.length;
    clearTimeout(timer);
    timer = setTimeout(() => {
      const isFollowed = typed.length > typedBefore || readline.line !== '';
      settle(isHasty || isFollowed ? UNMEANT_LINE : line);
    }, REST_MS);
  }

  function write(text: string): void {
    if (state !== 'gone') stderr.write(text);
  }

  /** No more lines will come. */
  function end(): void {
    if (state === 'open') state = 'ended';
    // The question stands on a line without an end.
    if (answer && !isHeard) write('\n');
    settle(undefined);
  }

  /** A terminal that goes away is the end of the conversation, and no error of the program. */
  function hangUp(): void {
    state = 'gone';
    end();
  }

  stderr.on('error', hangUp);
  const { input, giveBack } = borrowInput(stdin, hangUp);
  const readline = createInterface({ input, output: stderr, terminal: true, prompt: '', historySize: 0 });
  readline.on('line', hear);
  // Ctrl-C and Ctrl-D close it.
  readline.on('close', end);
  await new Promise((resolve) => setTimeout(resolve, DRAIN_MS));

  return {
    style: resolveTextStyle({ env, platform, isTerminal: true, columns: stderr.columns }),
    write,

    readLine(question, timeoutMs) {
      if (state !== 'open') return Promise.resolve(undefined);
      readline.setPrompt(question);
      if (readline.line !== '') readline.write(null, { ctrl: true, name: 'u' });
      readline.prompt();
      askedAtMs = performance.now();
      timer = setTimeout(end, timeoutMs);
      return new Promise((resolve) => {
        answer = resolve;
      });
    },

    close() {
      if (state === 'closed') return;
      readline.close();
      giveBack(typed);
      stderr.off('error', hangUp);
      if (state !== 'gone') state = 'closed';
    },
  };
}
