import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIgnore } from '../../../../examples/code-search/ignore.js';

describe('a .gitignore', () => {
  it.each([
    ['*.log', 'deep/down/a.log', true],
    ['*.log', 'a.logs', false],
    ['/build', 'build', true],
    ['/build', 'src/build', false],
    ['docs/*.txt', 'docs/a.txt', true],
    ['docs/*.txt', 'docs/deep/a.txt', false],
    ['docs/*.txt', 'other/docs/a.txt', false],
    ['**/tmp', 'a/b/tmp', true],
    ['**/tmp', 'tmp', true],
    ['a/**/z', 'a/z', true],
    ['a/**/z', 'a/b/c/z', true],
    ['out/**', 'out/a/b', true],
    ['out/**', 'out', false],
    ['*.py[cod]', 'a.pyc', true],
    ['*.py[cod]', 'a.py', false],
    ['[!a].ts', 'b.ts', true],
    ['[!a].ts', 'a.ts', false],
    ['a?.ts', 'ab.ts', true],
    ['a+b.ts', 'a+b.ts', true],
    ['a+b.ts', 'aab.ts', false],
    ['# *.ts', 'a.ts', false],
    ['*.env\r', 'a.env', true],
    ['*\n!keep.ts', 'keep.ts', false],
    ['!keep.ts\n*', 'keep.ts', true],
    ['[z-a]\n*.ts', 'a.ts', true],
  ])('with the lines %j judges %s: ignored %s', (text, path, ignored) => {
    expect(parseIgnore(text)(path, false)).toBe(ignored);
  });

  it('applies a pattern with a trailing slash to folders only', () => {
    const isIgnored = parseIgnore('build/');
    expect([isIgnored('src/build', true), isIgnored('src/build', false)]).toEqual([true, false]);
  });

  it('never throws, whatever is written in it', () => {
    const line = fc.string({
      unit: fc.constantFrom('*', '?', '[', ']', '!', '/', '\\', '-', 'a', '(', '#', '\n'),
    });
    fc.assert(
      fc.property(line, fc.string(), (text, path) => {
        expect(typeof parseIgnore(text)(path, true)).toBe('boolean');
      }),
    );
  });
});
