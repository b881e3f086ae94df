import { describe, expect, it } from 'vitest';
import { chunkOf, createSearchIndex } from '../../../../examples/code-search/search-index.js';

function indexOf(files: Readonly<Record<string, string>>) {
  const index = createSearchIndex();
  for (const [path, text] of Object.entries(files)) index.add(path, text);
  return index;
}

describe('the inverted index', () => {
  it('knows the line of every occurrence of a term', () => {
    const index = indexOf({ 'a.ts': 'one two\r\n\r\ntwo' });
    const [posting] = index.postings.get('two') ?? [];
    const { wordLines } = chunkOf(index, posting ?? { chunk: -1 });
    expect(posting?.positions.map((position) => wordLines[position])).toEqual([1, 3]);
  });

  it('ends lines at a line feed, with or without a carriage return before it', () => {
    expect(indexOf({ 'a.ts': 'one\r\ntwo\nthree' }).files[0]?.lines).toEqual(['one', 'two', 'three']);
  });

  it('puts the words of the path before the first line, once per file', () => {
    const index = indexOf({ 'src/retry-after.ts': 'line\n'.repeat(100) });
    expect(index.chunks[0]?.wordLines.slice(0, 5)).toEqual([0, 0, 0, 0, 1]);
    expect(index.chunks.slice(1).flatMap((chunk) => chunk.wordLines)).not.toContain(0);
  });

  it('lists the chunks of a term in ascending order, each once', () => {
    const index = indexOf({ 'a.ts': 'term term', 'b.ts': 'other', 'c.ts': 'termOne term' });
    expect(index.postings.get('term')?.map((posting) => posting.chunk)).toEqual([0, 2]);
  });

  it.each(['__proto__', 'constructor', 'toString'])('indexes %s like any other word', (word) => {
    const index = indexOf({ 'a.ts': word, 'b.ts': 'other' });
    const term = word.replaceAll('_', '').toLowerCase();
    expect(index.postings.get(term)).toHaveLength(1);
  });

  it('counts the words of all chunks', () => {
    const index = indexOf({ 'a.ts': 'one two', 'b.ts': '' });
    expect(index.tokens).toBe(2 + 2 + 2);
  });

  it('rejects a chunk that is not its own', () => {
    expect(() => chunkOf(indexOf({}), { chunk: 0 })).toThrow(RangeError);
  });
});
