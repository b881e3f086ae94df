import type { ChildProcess } from 'node:child_process';
import type { RunOptions } from './contract.js';

/** What a program prints, and when. */
export interface Output {
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** When the last byte of standard output was there. */
  readonly lastAtMs: () => number | undefined;
  /** When nobody could write to standard output any more. */
  readonly endedAtMs: () => number | undefined;
  /** Resolves with the first byte of either. */
  readonly begun: Promise<void>;
}

/** @param how - what becomes of its standard output */
export function collectOutput(child: ChildProcess, how: NonNullable<RunOptions['stdout']>): Output {
  const pieces: { stdout: Buffer[]; stderr: Buffer[] } = { stdout: [], stderr: [] };
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  let lastAtMs: number | undefined;
  let endedAtMs: number | undefined;
  const { stdout, stderr } = child;
  stderr?.on('data', (piece: Buffer) => {
    pieces.stderr.push(piece);
    begin();
  });
  const read = () =>
    stdout?.on('data', (piece: Buffer) => {
      pieces.stdout.push(piece);
      if (how === 'read') lastAtMs = performance.now();
      begin();
    });
  stdout?.once('end', () => {
    endedAtMs = performance.now();
  });
  if (how === 'closed') stdout?.destroy();
  if (how === 'read') read();
  if (how === 'unread') child.once('exit', read);
  return {
    stdout: () => Buffer.concat(pieces.stdout).toString(),
    stderr: () => Buffer.concat(pieces.stderr).toString(),
    lastAtMs: () => lastAtMs,
    endedAtMs: () => endedAtMs,
    begun,
  };
}
