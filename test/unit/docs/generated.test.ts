import { describe, expect, it } from 'vitest';
import { GENERATED_FILES, read } from '../../../scripts/documents.js';
import { fill } from '../../../scripts/fill.js';

/** All examples are run for the README, one after the other. */
const EXAMPLES_MS = 90_000;

describe('generated parts', () => {
  it.each(GENERATED_FILES)(
    'of $path are what `npm run generate` makes',
    ({ path, expected }) => {
      expect(read(path)).toBe(expected());
    },
    EXAMPLES_MS,
  );
});

describe('fill', () => {
  const sections = new Map([['time', () => 'noon']]);

  it('replaces what stands between the marks, and only that', () => {
    const document = 'before\n<!-- generated: time -->\nold\n<!-- /generated -->\nafter\n';
    const filled = 'before\n<!-- generated: time -->\n\nnoon\n\n<!-- /generated -->\nafter\n';
    expect(fill(document, sections)).toBe(filled);
    expect(fill(filled, sections)).toBe(filled);
  });

  it('refuses a part that nobody makes', () => {
    const document = '<!-- generated: weather -->\n<!-- /generated -->\n';
    expect(() => fill(document, sections)).toThrow('"weather"');
  });
});
