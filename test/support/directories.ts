import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const NOBODY = 65_534;

/** A new empty directory, removed when the test ends. */
export function createDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'sotto-store-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** A directory in which nobody without special rights can create anything. */
export function createReadOnlyDirectory(): string {
  const directory = createDirectory();
  chmodSync(directory, 0o555);
  onTestFinished(() => chmodSync(directory, 0o755));
  return directory;
}

/** Make a file belong to whom {@link withoutSpecialRights} acts as. */
export function giveAway(path: string): void {
  if (process.getuid?.() === 0) chownSync(path, NOBODY, NOBODY);
}

/** As {@link withoutSpecialRights}, for what goes on after it has returned. */
export async function asNobody<T>(work: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return work();
  process.seteuid?.(NOBODY);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}

/** Do something without the rights of root, for whom no directory is read-only and no file unreadable. */
export function withoutSpecialRights<T>(work: () => T): T {
  if (process.getuid?.() !== 0) return work();
  process.seteuid?.(NOBODY);
  try {
    return work();
  } finally {
    process.seteuid?.(0);
  }
}
