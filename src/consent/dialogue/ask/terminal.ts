import type { TextStyle } from '../text/index.js';

/**
 * What stands for a line that nobody can have meant as an answer: it was there before the question could be read, or more
 * came right behind it, as from a paste or a program that types. No answer is spelled like this.
 */
export const UNMEANT_LINE = '\u0000';

/** Where a person is asked. Nothing of it throws. */
export interface Terminal {
  readonly style: TextStyle;
  write(text: string): void;
  /**
   * Put a question and wait for one line. Whatever was typed before the question stood there is no answer to it.
   *
   * @returns the line without its end, or {@link UNMEANT_LINE} for one that is thrown away; undefined when none will come: end of input, Ctrl-C, time-out or a closed
   *   terminal. From then on every question gets undefined at once
   */
  readLine(question: string, timeoutMs: number): Promise<string | undefined>;
  /** Give the terminal back as it was. */
  close(): void;
}
