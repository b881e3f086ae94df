/** The tool that the proof watches: a small honest program which counts the words of a file. Knows nothing of telemetry. */
import { readFileSync } from 'node:fs';

export interface Count {
  readonly words: number;
  readonly lines: number;
}

export interface Work {
  /** What the tool says: on standard output when it succeeded, on standard error otherwise. */
  readonly text: string;
  readonly status: 0 | 2 | 3;
  readonly counts: readonly Count[];
}

/** @param args - files to count, `-` for standard input; `--json` for programs */
export function countWords(args: readonly string[]): Work {
  const files = args.filter((arg) => arg !== '--json');
  if (files.length === 0) return { text: 'Usage: count-words [--json] FILE…\n', status: 2, counts: [] };
  try {
    const counts = files.map((file) => countIn(readFileSync(file === '-' ? 0 : file, 'utf8')));
    return { text: format(files, counts, args.includes('--json')), status: 0, counts };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { text: `A file cannot be read: ${code}.\n`, status: 3, counts: [] };
  }
}

/** Say it, and set the exit code. */
export function report({ text, status }: Work): void {
  (status === 0 ? process.stdout : process.stderr).write(text);
  process.exitCode = status;
}

function countIn(text: string): Count {
  return { words: text.split(/\s+/).filter(Boolean).length, lines: text.split('\n').length - 1 };
}

function format(files: readonly string[], counts: readonly Count[], asJson: boolean): string {
  if (asJson) return `${JSON.stringify(counts)}\n`;
  return files.map((file, index) => `${counts[index]?.words} ${file}\n`).join('');
}
