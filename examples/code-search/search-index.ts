/** Shows an inverted index: for every term the chunks it occurs in, and the place of each occurrence. */
import { chunkLines, type LineRange } from './chunk.js';
import { categoryOf, type FileCategory, type Language, languageOf } from './language.js';
import { termsOf, wordsOf } from './tokenize.js';

export interface IndexedFile {
  /** Relative to the root, with `/` between its parts. */
  readonly path: string;
  readonly language: Language;
  readonly category: FileCategory;
  readonly lines: readonly string[];
  readonly pathTerms: ReadonlySet<string>;
}

export interface Chunk {
  readonly file: IndexedFile;
  /** The line of every word of the chunk, from 1, in reading order; {@link PATH_LINE} for the words of the path. */
  readonly wordLines: readonly number[];
}

/** The words of a file's path open its first chunk, as if they stood on a line before the first. */
export const PATH_LINE = 0;

export interface Posting {
  /** Index into `chunks`; ascending within a list of postings. */
  readonly chunk: number;
  /** Indexes into the chunk's `wordLines`, ascending, never empty. */
  readonly positions: readonly number[];
}

/** The searchable content of a folder. Holds the text of its files: memory grows with them. */
export interface SearchIndex {
  readonly files: readonly IndexedFile[];
  readonly chunks: readonly Chunk[];
  readonly postings: ReadonlyMap<string, readonly Posting[]>;
  /** Number of words in all chunks, those of the paths included. */
  readonly tokens: number;
}

export interface SearchIndexBuilder extends SearchIndex {
  /** Index one file. Adding the same path twice lists it twice. */
  add(path: string, text: string): void;
}

/** An empty index to add files to. Reading it while it grows is safe: `add` is synchronous. */
export function createSearchIndex(): SearchIndexBuilder {
  const files: IndexedFile[] = [];
  const chunks: Chunk[] = [];
  const postings = new Map<string, MutablePosting[]>();
  // Code repeats its words: each is taken apart once, and then leads straight to the lists that it adds to.
  const listsOfWord = new Map<string, MutablePosting[][]>();
  let tokens = 0;

  const listsOf = (word: string): MutablePosting[][] => {
    const known = listsOfWord.get(word);
    if (known !== undefined) return known;
    const lists = termsOf(word).map((term) => listOf(postings, term));
    listsOfWord.set(word, lists);
    return lists;
  };

  const addChunk = (file: IndexedFile, range: LineRange): void => {
    const wordLines: number[] = [];
    const addWords = (text: string, line: number): void => {
      for (const word of wordsOf(text)) {
        for (const list of listsOf(word)) addPosition(list, chunks.length, wordLines.length);
        wordLines.push(line);
      }
    };
    if (range.start === 0) addWords(file.path, PATH_LINE);
    for (let line = range.start; line < range.end; line += 1) addWords(file.lines[line] ?? '', line + 1);
    tokens += wordLines.length;
    chunks.push({ file, wordLines });
  };

  return {
    files,
    chunks,
    postings,
    get tokens() {
      return tokens;
    },
    add(path, text) {
      const file: IndexedFile = {
        path,
        language: languageOf(path),
        category: categoryOf(path),
        lines: text.split(/\r?\n/),
        pathTerms: new Set(wordsOf(path).flatMap(termsOf)),
      };
      files.push(file);
      for (const range of chunkLines(file.lines)) addChunk(file, range);
    },
  };
}

/** The chunk that a posting or a ranked chunk stands for. @throws {RangeError} if it comes from another index */
export function chunkOf(index: SearchIndex, { chunk }: { readonly chunk: number }): Chunk {
  const found = index.chunks[chunk];
  if (found === undefined) throw new RangeError(`the index has no chunk ${chunk}`);
  return found;
}

interface MutablePosting {
  readonly chunk: number;
  readonly positions: number[];
}

function listOf(postings: Map<string, MutablePosting[]>, term: string): MutablePosting[] {
  const list = postings.get(term) ?? [];
  postings.set(term, list);
  return list;
}

function addPosition(list: MutablePosting[], chunk: number, position: number): void {
  const last = list.at(-1);
  if (last?.chunk === chunk) last.positions.push(position);
  else list.push({ chunk, positions: [position] });
}
