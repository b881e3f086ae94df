import { writeFile } from 'node:fs/promises';
import type { Report } from 'sotto/testing';
import { toAbsolutePath } from '../absolute-path.js';
import type { CommandInput } from '../command.js';
import { UsageError } from '../exit-status.js';
import type { CommandIo } from '../io.js';
import type { TestingModule } from '../load-testing.js';

/**
 * Write a report for programs, into the files that were named.
 *
 * @throws {UsageError} for a file that cannot be written
 */
export async function writeReports(
  { toJUnit, toSarif }: TestingModule,
  report: Report,
  { junit, sarif }: CommandInput,
  io: CommandIo,
): Promise<void> {
  await writeTo(junit, '--junit', () => toJUnit(report), io);
  await writeTo(sarif, '--sarif', () => `${JSON.stringify(toSarif(report), null, 2)}\n`, io);
}

async function writeTo(
  typed: string | undefined,
  option: string,
  format: () => string,
  io: CommandIo,
): Promise<void> {
  if (typed === undefined) return;
  try {
    await writeFile(toAbsolutePath(typed, option, io), format());
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(
      `The file of ${option} could not be written. Does its folder exist, and may you write there?`,
    );
  }
}
