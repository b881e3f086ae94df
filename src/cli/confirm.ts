import { openTerminal, type TerminalStreams, whyNotAsk } from '../consent/dialogue/index.js';
import type { CommandContext } from './command.js';
import { InterruptedError, UsageError } from './exit-status.js';

/**
 * See that a question can be asked, before anything is said or done.
 *
 * @param command - what was typed behind the name, to be repeated with `--yes`
 * @throws {UsageError} where nobody can be asked
 */
export function requireAnswer({ io, name }: CommandContext, command: string): void {
  const reason = whyNotAsk(io, io.environment.env);
  if (reason === undefined) return;
  throw new UsageError(
    `Nothing was changed: this asks first, and ${reason}. ` +
      `To go on without a question, run \`${name} ${command} --yes\`.`,
  );
}

/** The longest time a timer can wait. */
const FOREVER_MS = 2_147_483_647;

const CTRL_C = '\u0003';

/**
 * Ask whether to go on.
 *
 * @returns true for y or yes, typed alone and after the question could be read. Anything else, Enter and the end of the input
 *   too, is a no
 * @throws {InterruptedError} after Ctrl-C; the signal's reason after a signal
 */
export async function confirm({ io }: CommandContext): Promise<boolean> {
  const { stdin, stderr, interrupted, environment } = io;
  let isInterrupted = false;
  const watch = (typed: Buffer | string) => {
    isInterrupted ||= typed.includes(CTRL_C);
  };
  // To the terminal Ctrl-C is but another end of the input.
  stdin.on('data', watch);
  // What was asked for with `whyNotAsk` is a terminal.
  const terminal = await openTerminal({ stdin, stderr } as TerminalStreams, environment.env);
  try {
    interrupted.addEventListener('abort', terminal.close, { once: true });
    if (interrupted.aborted) terminal.close();
    const answer = await terminal.readLine('Continue? [y/N]: ', FOREVER_MS);
    interrupted.throwIfAborted();
    if (isInterrupted) throw new InterruptedError();
    return /^\s*y(es)?\s*$/i.test(answer ?? '');
  } finally {
    interrupted.removeEventListener('abort', terminal.close);
    stdin.off('data', watch);
    terminal.close();
    stdin.pause();
  }
}
