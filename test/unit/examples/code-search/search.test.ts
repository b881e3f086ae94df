import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  buildIndex,
  type CodeIndex,
  MATCH_TYPES,
  RANKINGS,
  search,
} from '../../../../examples/code-search/index.js';
import { createFolder } from './temporary-folder.js';

const SRC = fileURLToPath(new URL('../../../../src', import.meta.url));

const indexOf = async (files: Readonly<Record<string, string>>) => buildIndex(await createFolder(files));

describe("a search of this repository's source", () => {
  let index: CodeIndex;
  beforeAll(async () => {
    index = await buildIndex(SRC);
  });

  it('finds the file that defines ConfigError', () => {
    const [best] = search(index, 'ConfigError', { ranking: 'proximity' }).matches;
    expect(best).toMatchObject({
      path: 'internal/errors.ts',
      matchType: 'definition',
      language: 'typescript',
      preview: 'export class ConfigError extends TelemetryError {',
    });
  });

  it.each(RANKINGS)('finds ConfigError under %s however it is spelled', (ranking) => {
    for (const query of ['ConfigError', 'config_error', 'config error']) {
      const paths = search(index, query, { ranking, limit: 100 }).matches.map((match) => match.path);
      expect(paths).toContain('internal/errors.ts');
    }
  });

  it.each(RANKINGS)('answers any query under %s with sorted scores from 0 to 1', (ranking) => {
    const words = fc.constantFrom(
      'ConfigError',
      'the',
      'event',
      '__proto__',
      'of types',
      '"',
      '\\',
      '\u0000',
      '(.*)+',
    );
    const query = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(words, { maxLength: 40 }).map((parts) => parts.join(' ')),
    );
    fc.assert(
      fc.property(query, fc.integer({ min: 1, max: 100 }), (text, limit) => {
        const response = search(index, text, { ranking, limit });
        const scores = response.matches.map((match) => match.score);
        expect(scores).toEqual(scores.toSorted((one, other) => other - one));
        expect(scores.every((score) => score > 0 && score <= 1)).toBe(true);
        expect(scores.length).toBeLessThanOrEqual(Math.min(limit, response.candidates));
        expect(response.query).toBe(text);
        for (const match of response.matches) {
          expect(MATCH_TYPES).toContain(match.matchType);
          const file = index.files.find(({ path }) => path === match.path);
          expect(match.line).toBeGreaterThanOrEqual(1);
          expect(match.line).toBeLessThanOrEqual(file?.lines.length ?? 0);
        }
      }),
    );
  });
});

describe('a search', () => {
  it('ranks the same folder differently by its two strategies', async () => {
    const index = await indexOf({
      'notes.ts': `retry retry retry after after after ${'filler '.repeat(20)}`,
      'wait.ts': `export function retryAfter() {}\n${'filler '.repeat(30)}`,
    });
    const paths = (ranking: 'bm25' | 'proximity') =>
      search(index, 'retry after', { ranking }).matches.map((match) => match.path);
    expect(paths('bm25')).toEqual(['notes.ts', 'wait.ts']);
    expect(paths('proximity')).toEqual(['wait.ts', 'notes.ts']);
  });

  it.each([
    ['definition', 'function alpha() {}', 1],
    ['definition', 'alpha();\nfunction alpha() {}', 2],
    ['reference', 'one();\nalpha();', 2],
    ['comment', 'one();\n// alpha', 2],
  ])('tells a %s: %j', async (matchType, text, line) => {
    const index = await indexOf({ 'file.ts': text });
    expect(search(index, 'alpha').matches).toMatchObject([{ path: 'file.ts', line, matchType }]);
  });

  it('finds a file by its path and shows its first line', async () => {
    const index = await indexOf({ 'src/alpha.ts': 'first\nsecond' });
    expect(search(index, 'alpha').matches).toMatchObject([{ line: 1, matchType: 'path', preview: 'first' }]);
  });

  it('shows a line of the text rather than the path if it says as much', async () => {
    const index = await indexOf({ 'src/alpha.ts': 'first\nuse(alpha)' });
    expect(search(index, 'alpha').matches).toMatchObject([{ line: 2, matchType: 'reference' }]);
  });

  it('shows the line with most of the query', async () => {
    const index = await indexOf({ 'a.ts': 'alpha\nbeta\nalpha beta\nalpha alpha' });
    expect(search(index, 'alpha beta').matches[0]?.line).toBe(3);
  });

  it('shows the part of a long line that was asked for', async () => {
    const index = await indexOf({ 'a.ts': `${'other '.repeat(100)}parseAlpha ${'other '.repeat(100)}` });
    expect(search(index, 'alpha').matches[0]?.preview).toContain('parseAlpha');
  });

  it('shows the first of several lines that say as much', async () => {
    const index = await indexOf({ 'a.ts': 'one\nbeta\nalpha\nbeta' });
    expect(search(index, 'alpha beta').matches[0]?.line).toBe(2);
  });

  it('returns at most three matches of one file', async () => {
    const index = await indexOf({ 'long.ts': 'alpha\n'.repeat(600), 'short.ts': 'alpha' });
    const { matches, candidates } = search(index, 'alpha', { limit: 100 });
    expect(matches.filter((match) => match.path === 'long.ts')).toHaveLength(3);
    expect(matches.filter((match) => match.path === 'short.ts')).toHaveLength(1);
    expect(candidates).toBeGreaterThan(10);
  });

  it('returns no more than the limit', async () => {
    const index = await indexOf(
      Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`${at}.ts`, 'alpha'])),
    );
    expect(search(index, 'alpha', { limit: 4 }).matches).toHaveLength(4);
    expect(search(index, 'alpha').matches).toHaveLength(10);
  });

  it.each([0, -1, 1.5, 101, Number.NaN])('refuses %d as a limit', async (limit) => {
    const index = await indexOf({ 'a.ts': 'alpha' });
    expect(() => search(index, 'alpha', { limit })).toThrow(RangeError);
  });

  it('reports on itself', async () => {
    const index = await indexOf({ 'a.ts': 'fix(alpha)', 'b.ts': 'alpha' });
    expect(search(index, 'fix alpha', { ranking: 'proximity' })).toMatchObject({
      query: 'fix alpha',
      intent: 'DEBUG',
      ranking: 'proximity',
      candidates: 2,
      tokenCount: 3,
      coverage: 1,
      warnings: [],
      summary: '2 matches in 2 files, chosen from 2 candidates.',
      executionTimeMs: expect.any(Number),
    });
  });

  it('does not change the index', async () => {
    const index = await indexOf({ 'a.ts': 'alpha beta' });
    const before = structuredClone([...index.postings]);
    const answers = RANKINGS.map((ranking) => search(index, 'alpha missing', { ranking }).matches);
    expect(RANKINGS.map((ranking) => search(index, 'alpha missing', { ranking }).matches)).toEqual(answers);
    expect([...index.postings]).toEqual(before);
  });
});

describe('the warnings of an answer', () => {
  it.each([
    ['...', 'The query has no word to search for.'],
    ['alpha missing', 'Found nowhere: missing.'],
    [Array.from({ length: 26 }, (_, at) => `alpha${at}`).join(' '), /its last 2 words were left out/],
  ])('of %j say so', async (query, warning) => {
    const index = await indexOf({ 'a.ts': 'alpha' });
    expect(search(index, query).warnings).toContainEqual(
      typeof warning === 'string' ? warning : expect.stringMatching(warning),
    );
  });

  it('name what is not in the index', async () => {
    const index = await indexOf({ 'large.ts': 'a'.repeat(600_000) });
    expect(search(index, 'alpha')).toMatchObject({
      matches: [],
      summary: 'No match.',
      coverage: 0,
      warnings: [
        'Found nowhere: alpha.',
        'The folder has no text files to search.',
        '1 file is too large to be indexed.',
      ],
    });
  });

  it('tell what could not be read', async () => {
    const index = await indexOf({ 'a.ts': 'alpha' });
    const damaged = { ...index, skipped: { ...index.skipped, unreadable: 2 }, unreadableFolders: 3 };
    expect(search(damaged, 'alpha').warnings).toEqual([
      '2 files are not readable.',
      'Folders that could not be read: 3.',
    ]);
  });

  it('hold nothing that a terminal obeys', async () => {
    const index = await indexOf({ 'a.ts': 'alpha' });
    expect(search(index, '\u001b[2Jmissing').warnings.join()).not.toContain('\u001b');
  });
});
