/** Shows a walk through a folder that stays inside it, passes over what nobody searches, and can be stopped. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseIgnore } from './ignore.js';

/** The folder that was asked for cannot be searched. The message is for the person who named it. */
export class FolderError extends Error {
  override readonly name = 'FolderError';
}

export interface Walk {
  /** Paths of regular files, relative to the root, with `/` between their parts, sorted. */
  readonly files: readonly string[];
  readonly foldersRead: number;
  readonly foldersUnreadable: number;
}

const PASSED_OVER: ReadonlySet<string> = new Set(['.git', 'coverage', 'dist', 'node_modules']);

/** Written by package managers: as long as all the code together, and nobody's answer. */
const LOCK_FILE = /^(?:package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|composer\.lock|.+\.lock)$/;

/**
 * List the files below a folder.
 *
 * Never follows a symbolic link below the root, and lists neither sockets nor pipes. Obeys the root's own `.gitignore`,
 * not those of folders above or below it.
 *
 * @throws {FolderError} if the root is missing, is no folder or cannot be read
 * @throws the reason of `signal` once it is aborted
 */
export async function walk(root: string, signal?: AbortSignal): Promise<Walk> {
  await requireFolder(root);
  const isIgnored = parseIgnore(await readFile(join(root, '.gitignore'), 'utf8').catch(() => ''));
  const files: string[] = [];
  let foldersRead = 0;
  let foldersUnreadable = 0;

  const pending = [''];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    signal?.throwIfAborted();
    const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => undefined);
    if (entries === undefined) {
      foldersUnreadable += 1;
      continue;
    }
    foldersRead += 1;
    for (const entry of entries) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (PASSED_OVER.has(entry.name) || isIgnored(path, entry.isDirectory())) continue;
      if (entry.isDirectory()) pending.push(path);
      else if (entry.isFile() && !LOCK_FILE.test(entry.name)) files.push(path);
    }
  }
  return { files: files.sort(), foldersRead, foldersUnreadable };
}

async function requireFolder(root: string): Promise<void> {
  const found = await stat(root).catch((cause: unknown) => {
    throw new FolderError(`There is no folder ${root}, or it may not be read.`, { cause });
  });
  if (!found.isDirectory()) throw new FolderError(`${root} is not a folder.`);
  await readdir(root).catch((cause: unknown) => {
    throw new FolderError(`The folder ${root} may not be read.`, { cause });
  });
}
