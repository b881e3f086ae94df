/** Shows a folder becoming an index, with the numbers a maker wants to know and none of the content. */
import { join, resolve } from 'node:path';
import { FILE_CATEGORIES, type FileCategory, type Language } from './language.js';
import { type FileText, readText, SKIP_REASONS, type SkipReason } from './read-text.js';
import { createSearchIndex, type IndexedFile, type SearchIndex } from './search-index.js';
import { walk } from './walk.js';

export interface IndexStatistics {
  /** Files that are indexed. */
  totalFiles: number;
  byCategory: Record<FileCategory, number>;
  /** Files per language; a language without files is absent. */
  languages: Partial<Record<Language, number>>;
  /** Folders listed and files opened, whatever came of it. */
  totalOperations: number;
  /** Files that were found and are not indexed, binary ones included. */
  skippedFiles: number;
  /** Words indexed. */
  tokens: number;
  elapsedMs: number;
}

export interface CodeIndex extends SearchIndex {
  /** Absolute path of the folder. */
  readonly root: string;
  readonly statistics: IndexStatistics;
  readonly skipped: Readonly<Record<SkipReason, number>>;
  /** Folders that could not be listed; what is in them is in no other number. */
  readonly unreadableFolders: number;
  /** Share of the discovered text files that are indexed, 0 to 1; 1 if there are none. */
  readonly coverage: number;
}

export interface BuildOptions {
  signal?: AbortSignal;
  /**
   * Once this much text is indexed, in UTF-16 units, no further file is opened. Bounds memory: an index takes about
   * twenty times the text it holds. @default 33554432
   */
  maxTextLength?: number;
}

const DEFAULT_MAX_TEXT_LENGTH = 32 * 1024 * 1024;
/** Read at the same time; also the step in which the bounds are checked. */
const FILES_AT_ONCE = 32;

/**
 * Index the text files below a folder, in memory. The same content gives the same index.
 *
 * @param root - a folder, absolute or relative to the working directory
 * @throws {FolderError} if `root` is missing, is no folder or cannot be read
 * @throws the reason of `signal` once it is aborted; nothing is kept then
 * @remarks A file that cannot be used is counted in `skipped` and stops nothing. Changes on disk after the call are not
 *   noticed.
 */
export async function buildIndex(root: string, options: BuildOptions = {}): Promise<CodeIndex> {
  const startedAt = performance.now();
  const { signal, maxTextLength = DEFAULT_MAX_TEXT_LENGTH } = options;
  const folder = resolve(root);
  const found = await walk(folder, signal);
  const index = createSearchIndex();
  const skipped = zeroes(SKIP_REASONS);
  let textLength = 0;

  for (let next = 0; next < found.files.length; next += FILES_AT_ONCE) {
    signal?.throwIfAborted();
    const paths = found.files.slice(next, next + FILES_AT_ONCE);
    if (textLength > maxTextLength) {
      skipped.over_budget += paths.length;
      continue;
    }
    for (const { path, file } of await readAll(folder, paths)) {
      if (file.status === 'text') {
        textLength += file.text.length;
        index.add(path, file.text);
      } else skipped[file.status] += 1;
    }
  }
  signal?.throwIfAborted();

  const opened = found.files.length - skipped.over_budget;
  return {
    root: folder,
    files: index.files,
    chunks: index.chunks,
    postings: index.postings,
    tokens: index.tokens,
    skipped,
    unreadableFolders: found.foldersUnreadable,
    coverage: coverageOf(index.files.length, skipped),
    statistics: {
      totalFiles: index.files.length,
      byCategory: { ...zeroes(FILE_CATEGORIES), ...countBy(index.files, 'category') },
      languages: countBy(index.files, 'language'),
      totalOperations: found.foldersRead + found.foldersUnreadable + opened,
      skippedFiles: sum(skipped),
      tokens: index.tokens,
      elapsedMs: performance.now() - startedAt,
    },
  };
}

function coverageOf(indexed: number, skipped: Readonly<Record<SkipReason, number>>): number {
  const texts = indexed + sum(skipped) - skipped.binary;
  return texts === 0 ? 1 : indexed / texts;
}

/** Read in parallel, answer in the order of `paths`. */
function readAll(folder: string, paths: readonly string[]): Promise<{ path: string; file: FileText }[]> {
  return Promise.all(paths.map(async (path) => ({ path, file: await readText(join(folder, path)) })));
}

function zeroes<Label extends string>(labels: readonly Label[]): Record<Label, number> {
  return Object.fromEntries(labels.map((label) => [label, 0])) as Record<Label, number>;
}

function countBy<Key extends 'language' | 'category'>(
  files: readonly IndexedFile[],
  key: Key,
): Partial<Record<IndexedFile[Key], number>> {
  const counts: Partial<Record<IndexedFile[Key], number>> = {};
  for (const file of files) counts[file[key]] = (counts[file[key]] ?? 0) + 1;
  return counts;
}

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);
