import { describe, expect, it } from 'vitest';
import { buildIndex, search } from '../../../../examples/code-search/index.js';
import { MAX_FILE_BYTES } from '../../../../examples/code-search/read-text.js';
import { createFolder } from './temporary-folder.js';

describe('building an index', () => {
  it('counts what it found, by category and by language', async () => {
    const root = await createFolder({
      'src/a.ts': 'one two',
      'src/b.ts': 'three',
      'test/a.test.ts': 'four',
      'README.md': 'five',
      'package.json': '{}',
      'data.unknown': 'six',
    });
    const { statistics } = await buildIndex(root);
    expect(statistics).toMatchObject({
      totalFiles: 6,
      byCategory: { code: 2, config: 1, docs: 1, tests: 1, other: 1 },
      languages: { typescript: 3, markdown: 1, json: 1, other: 1 },
      totalOperations: 3 + 6,
      skippedFiles: 0,
    });
    expect(statistics.tokens).toBeGreaterThan(6);
    expect(statistics.elapsedMs).toBeGreaterThan(0);
  });

  it('lowers coverage for text it left out, not for binary files', async () => {
    const root = await createFolder({
      'a.ts': 'text',
      'b.ts': 'text',
      'c.ts': 'text',
      'large.ts': 'a'.repeat(MAX_FILE_BYTES + 1),
      'image.png': new Uint8Array(8),
    });
    const index = await buildIndex(root);
    expect(index.coverage).toBe(0.75);
    expect(index.statistics.skippedFiles).toBe(2);
    expect(index.skipped).toEqual({ binary: 1, too_large: 1, unreadable: 0, over_budget: 0 });
  });

  it('opens no more files once it holds as much text as it may', async () => {
    const names = Array.from({ length: 40 }, (_, at) => `${at}.ts`);
    const root = await createFolder(Object.fromEntries(names.map((name) => [name, 'alpha'])));
    const index = await buildIndex(root, { maxTextLength: 100 });
    const { over_budget } = index.skipped;
    expect(over_budget).toBeGreaterThan(0);
    expect(index.statistics).toMatchObject({
      totalFiles: 40 - over_budget,
      skippedFiles: over_budget,
      totalOperations: 1 + 40 - over_budget,
    });
    expect(index.coverage).toBe((40 - over_budget) / 40);
    expect(search(index, 'alpha').warnings).toEqual([
      `${over_budget} files are left out because the folder is too large.`,
    ]);
  });

  it('has full coverage and only zeroes for an empty folder', async () => {
    const { coverage, statistics } = await buildIndex(await createFolder({}));
    expect(coverage).toBe(1);
    expect(statistics).toMatchObject({ totalFiles: 0, languages: {}, tokens: 0, skippedFiles: 0 });
    expect(statistics.byCategory).toEqual({ code: 0, config: 0, docs: 0, tests: 0, other: 0 });
  });

  it('keeps the order of the files whatever the order of the reads', async () => {
    const names = Array.from({ length: 80 }, (_, at) => `file${at}.ts`);
    const sizes = names.map((name, at) => [name, 'word '.repeat(at % 2 === 0 ? 5_000 : 1)]);
    const { files } = await buildIndex(await createFolder(Object.fromEntries(sizes)));
    expect(files.map((file) => file.path)).toEqual(names.toSorted());
  });

  it.each([1, 2, 3, 4])('rejects when it is stopped at step %d of four', async (step) => {
    const root = await createFolder(
      Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`${at}.ts`, ''])),
    );
    let steps = 0;
    const throwIfAborted = () => {
      steps += 1;
      if (steps === step) throw new Error('enough');
    };
    const signal = Object.assign(new AbortController().signal, { throwIfAborted });
    await expect(buildIndex(root, { signal })).rejects.toThrow('enough');
  });

  it('rejects with the reason of a signal that is aborted while it works', async () => {
    const root = await createFolder({ 'a.ts': 'text' });
    const interruption = new AbortController();
    const building = buildIndex(root, { signal: interruption.signal });
    interruption.abort(new Error('enough'));
    await expect(building).rejects.toThrow('enough');
  });
});
