import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { previewOf, printable } from '../../../../examples/code-search/preview.js';

describe('a preview', () => {
  it('is the line without the space around it', () => {
    expect(previewOf('\t  return alpha; ', () => true)).toBe('return alpha;');
  });

  it('shows the part of a long line around the first wanted word', () => {
    const preview = previewOf(`${'x '.repeat(500)}alpha${' y'.repeat(500)}`, (word) => word === 'alpha');
    expect(preview).toMatch(/^….+\balpha\b.+…$/);
    expect(preview).toHaveLength(120);
  });

  it.each([
    ['start', 'alpha ', 'x'.repeat(200), /^alpha .+…$/],
    ['end', 'x'.repeat(200), ' alpha', /^….+ alpha$/],
  ])('marks no cut at the %s of a long line', (_, before, after, expected) => {
    expect(previewOf(before + after, (word) => word === 'alpha')).toMatch(expected);
  });

  it.each([
    ['an escape sequence', 'a\u001b]0;title\u0007b', 'a ]0;title b'],
    ['a carriage return', 'a\rb', 'a b'],
    ['text in another direction', 'a\u202eb\u2066c', 'a b c'],
  ])('lets a terminal obey no %s', (_, line, expected) => {
    expect(printable(line)).toBe(expected);
  });

  it('is short and printable whatever the line holds', () => {
    const line = fc.string({ unit: 'binary', maxLength: 200 });
    fc.assert(
      fc.property(line, fc.string(), (text, wanted) => {
        const preview = previewOf(text, (word) => word === wanted);
        expect(preview.length).toBeLessThanOrEqual(120);
        expect(preview).not.toMatch(/[\p{Cc}\u202A-\u202E]/u);
      }),
    );
  });

  it('cuts no character in half', () => {
    for (const lead of ['', 'a']) {
      const preview = previewOf(
        `${lead}${'😀'.repeat(100)} alpha ${'😀'.repeat(100)}`,
        (word) => word === 'alpha',
      );
      expect(encodeURIComponent(preview)).toContain('alpha');
    }
  });
});
