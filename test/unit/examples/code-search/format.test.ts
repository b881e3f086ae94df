import { expect, it } from 'vitest';
import { formatMatches } from '../../../../examples/code-search/format.js';
import type { SearchMatch } from '../../../../examples/code-search/index.js';

const match = (override: Partial<SearchMatch>): SearchMatch => ({
  path: 'a.ts',
  line: 1,
  score: 0.5,
  matchType: 'reference',
  language: 'typescript',
  preview: 'alpha();',
  ...override,
});

it('puts one match on each line, in columns', () => {
  const text = formatMatches([
    match({ path: 'src/long-name.ts', line: 120, score: 0.876, matchType: 'definition' }),
    match({ preview: '' }),
  ]);
  expect(text).toBe(
    'src/long-name.ts:120  0.88  definition  alpha();\n' + 'a.ts:1                0.50  reference\n',
  );
});

it('prints nothing for no matches', () => {
  expect(formatMatches([])).toBe('');
});

it('keeps the columns of the others when one path is very long', () => {
  const text = formatMatches([match({ path: `${'deep/'.repeat(40)}a.ts` }), match({})]);
  expect(text.split('\n')[1]?.length).toBeLessThan(80);
});

it('prints a path on one line whatever it is called', () => {
  expect(formatMatches([match({ path: 'a\n\u001b[2Jb.ts' })])).toMatch(/^a \[2Jb\.ts:1 .*\n$/);
});
