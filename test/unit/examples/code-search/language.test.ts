import { describe, expect, it } from 'vitest';
import {
  categoryOf,
  FILE_CATEGORIES,
  LANGUAGES,
  languageOf,
} from '../../../../examples/code-search/language.js';

describe('the language and category of a file', () => {
  it.each([
    ['src/client/client.ts', 'typescript', 'code'],
    ['src/View.TSX', 'typescript', 'code'],
    ['lib/main.py', 'python', 'code'],
    ['include/list.h', 'c', 'code'],
    ['test/unit/client.test.ts', 'typescript', 'tests'],
    ['src/client.spec.ts', 'typescript', 'tests'],
    ['pkg/server_test.go', 'go', 'tests'],
    ['app/test_server.py', 'python', 'tests'],
    ['src/latest/contest.ts', 'typescript', 'code'],
    ['test/fixtures/a.json', 'json', 'tests'],
    ['test/README.md', 'markdown', 'docs'],
    ['LICENSE', 'text', 'docs'],
    ['package.json', 'json', 'config'],
    ['vitest.config.ts', 'typescript', 'config'],
    ['.gitignore', 'other', 'config'],
    ['Dockerfile', 'dockerfile', 'config'],
    ['.github/workflows/ci.yml', 'yaml', 'config'],
    ['notes.constructor', 'other', 'other'],
    ['data', 'other', 'other'],
  ] as const)('reads %s as %s, for %s', (path, language, category) => {
    expect(languageOf(path)).toBe(language);
    expect(categoryOf(path)).toBe(category);
  });

  it('lists every label once', () => {
    expect(new Set(LANGUAGES).size).toBe(LANGUAGES.length);
    expect(new Set(FILE_CATEGORIES).size).toBe(FILE_CATEGORIES.length);
  });
});
