import { PassThrough } from 'node:stream';
import type { ReadStream } from 'node:tty';

/** What is typed on a terminal, for somebody who reads it for a while. */
export interface BorrowedInput {
  /** A terminal as far as readline can tell. Not the real one: readline leaves listeners on what it reads. */
  readonly input: PassThrough & { readonly isTTY: true; setRawMode(isRaw: boolean): void };
  /**
   * Leave the stream as it was: listeners and flow. Its mode is the reader's to restore.
   *
   * @param lines - what was read and is somebody else's: it can be read again
   */
  giveBack(lines: readonly string[]): void;
}

/** @param onGone - called when nothing more can come: the terminal has an end, or an error, which is no longer thrown */
export function borrowInput(stdin: ReadStream, onGone: () => void): BorrowedInput {
  const flowingBefore = stdin.readableFlowing;
  const input = Object.assign(new PassThrough(), {
    isTTY: true as const,
    setRawMode: (isRaw: boolean) => {
      stdin.setRawMode(isRaw);
    },
  });
  const feed = (chunk: Buffer) => input.write(chunk);
  stdin.on('error', onGone).on('end', onGone).on('data', feed);

  return {
    input,
    giveBack(lines) {
      stdin.off('error', onGone).off('end', onGone).off('data', feed).pause();
      // A stream that was paused by hand would not flow for a listener that is added later.
      Reflect.set(stdin, 'readableFlowing', flowingBefore);
      if (lines.length > 0) stdin.unshift(Buffer.from(`${lines.join('\n')}\n`));
    },
  };
}
