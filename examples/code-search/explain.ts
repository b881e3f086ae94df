/** Shows an answer that says how far it can be trusted: what is missing from the index, what was not found. */
import type { CodeIndex } from './build-index.js';
import type { Query } from './query.js';
import { termsOf } from './tokenize.js';

/** What the reader of an answer should know, in sentences; empty if there is nothing to say. */
export function warningsOf(index: CodeIndex, query: Query): string[] {
  const { too_large, unreadable, over_budget } = index.skipped;
  const missing = query.words.filter((word) => termsOf(word).every((term) => !index.postings.has(term)));
  return [
    when(query.words.length === 0, 'The query has no word to search for.'),
    when(query.wordsLeftOut > 0, `The query is long: its last ${query.wordsLeftOut} words were left out.`),
    when(missing.length > 0, `Found nowhere: ${missing.join(', ')}.`),
    when(index.files.length === 0, 'The folder has no text files to search.'),
    when(too_large > 0, `${filesAre(too_large)} too large to be indexed.`),
    when(unreadable > 0, `${filesAre(unreadable)} not readable.`),
    when(over_budget > 0, `${filesAre(over_budget)} left out because the folder is too large.`),
    when(index.unreadableFolders > 0, `Folders that could not be read: ${index.unreadableFolders}.`),
  ].flat();
}

/** The answer in one sentence. */
export function summaryOf(matches: readonly { readonly path: string }[], candidates: number): string {
  if (matches.length === 0) return 'No match.';
  const files = new Set(matches.map((match) => match.path)).size;
  return `${count(matches.length, 'match', 'matches')} in ${count(files, 'file', 'files')}, chosen from ${count(candidates, 'candidate', 'candidates')}.`;
}

const when = (applies: boolean, sentence: string): string[] => (applies ? [sentence] : []);
const filesAre = (files: number): string => (files === 1 ? '1 file is' : `${files} files are`);
const count = (amount: number, one: string, many: string): string => `${amount} ${amount === 1 ? one : many}`;
