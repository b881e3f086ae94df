import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GENERATED_FILES } from '../../../scripts/documents.js';
import { CHECKOUT } from '../support/checkout.js';
import { DESCRIBED } from '../support/example-suite.js';
import { readBlocks } from './blocks.js';
import { type Check, checkOf } from './check-of.js';
import { DOCUMENTS, readPage } from './documents.js';
import { showsOutput } from './page-script.js';

const pages = DOCUMENTS.map(readPage);
const blocks = pages.flatMap((page) => page.blocks.map((block) => ({ ...block, path: page.path })));
const of = (check: Check) => blocks.filter((block) => block.check === check);

describe('the blocks of the documents', () => {
  it('are held in one of the ways that there are, and most of them are not excused', () => {
    const excused = of('not run').length + of('not checked').length;
    expect(blocks.length).toBeGreaterThan(80);
    expect(excused).toBeLessThan(blocks.length / 3);
  });

  it('that are generated stand in documents that a test compares, and of examples that a test runs', () => {
    const generated = GENERATED_FILES.map(({ path }) => path);
    expect(of('generated').filter(({ path }) => !generated.includes(path))).toEqual([]);
    const examples = of('generated').flatMap(
      ({ marks }) => /examples\/([^/]+)$/.exec(marks.generated ?? '')?.[1] ?? [],
    );
    expect(examples.filter((name) => !DESCRIBED.includes(name))).toEqual([]);
  });

  it('that another test executes are read by that test', () => {
    const unread = of('tested elsewhere').filter(({ marks, path }) => {
      const test = join(CHECKOUT, marks.testedBy ?? '');
      const name = path.split('/').at(-1) ?? path;
      return !/\.test\.ts$/.test(test) || !existsSync(test) || !readFileSync(test, 'utf8').includes(name);
    });
    expect(unread.map(({ path, firstLine }) => `${path}:${firstLine}`)).toEqual([]);
  });
});

describe('a block', () => {
  const check = (document: string) => {
    const before: { check: Check }[] = [];
    for (const block of readBlocks(document))
      before.push({ ...block, check: checkOf(block, before as never) });
    return before.map((block) => block.check);
  };

  it.each([
    ['of a kind that nobody knows', '```cobol\n```', 'Nothing checks a block of kind "cobol".'],
    ['without a kind', '```\nfree text\n```', 'Nothing checks a block of kind "".'],
    ['of text that shows the output of nothing', '<!-- output -->\n```text\n```', 'no executed block'],
    ['with a mark that is none', '<!-- not tested: by anybody -->\n```sh\n```', 'is no mark'],
    ['that is excused without a reason', '<!-- not run: no -->\n```sh\n```', 'says too little'],
    ['of code that is excused', '<!-- not checked: it is too long -->\n```ts\n```', 'can be type-checked'],
    ['of settings that is not run', '<!-- not run: it is no command -->\n```json\n```', 'Only commands'],
    ['that is not closed', '```sh\nls\n', 'is not closed'],
    ['that continues nothing', '<!-- continues -->\n```ts\n```', 'could continue'],
  ])('%s is refused', (_what, document, message) => {
    expect(() => check(document)).toThrow(message);
  });

  it('is held by its kind and the marks directly before it', () => {
    expect(
      check('<!-- not run: of an earlier one -->\ntext\n```sh\nls\n```\n<!-- output -->\n\n```text\n```'),
    ).toEqual(['executed', 'compared']);
    expect(check('1. a\n\n   <!-- not run: needs a cluster -->\n\n   ```bash\n   kubectl\n   ```')).toEqual([
      'not run',
    ]);
  });
});

describe('shown output', () => {
  it.each([
    [['a', '…', 'c'], 'a\nb\nb\nc\n', true],
    [['a', '…', 'c'], 'a\nc\n', true],
    [['of … files'], 'of 12 files\n', true],
    [['a', 'b'], 'a\nb\nc\n', false],
    [['a.c'], 'abc\n', false],
  ])('%j of %j: %s', (shown, output, expected) => {
    expect(showsOutput(shown, output)).toBe(expected);
  });
});
