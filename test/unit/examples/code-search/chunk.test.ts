import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunkLines } from '../../../../examples/code-search/chunk.js';

const code = (count: number) => Array.from({ length: count }, (_, at) => `line${at}`);

describe('chunks of a file', () => {
  it('keeps a short file whole', () => {
    expect(chunkLines(code(60))).toEqual([{ start: 0, end: 60 }]);
  });

  it('cuts after 60 lines where there is no blank line', () => {
    expect(chunkLines(code(130))).toEqual([
      { start: 0, end: 60 },
      { start: 60, end: 120 },
      { start: 120, end: 130 },
    ]);
  });

  it('cuts at the last blank line before something unindented', () => {
    const lines = code(80).map((line, at) => (at === 30 || at === 50 ? '' : at === 51 ? `  ${line}` : line));
    expect(chunkLines(lines)[0]).toEqual({ start: 0, end: 31 });
  });

  it('cuts at a blank line before indented code if there is no better one', () => {
    const lines = code(80).map((line, at) => (at === 10 || at === 50 ? '' : `  ${line}`));
    expect(chunkLines(lines)[0]).toEqual({ start: 0, end: 51 });
  });

  it('makes no small chunk for an early blank line', () => {
    expect(chunkLines(code(80).with(10, ''))[0]).toEqual({ start: 0, end: 60 });
  });

  it('covers every line exactly once, in order, with at most 60 lines each', () => {
    const line = fc.constantFrom('', 'top', '  inner');
    fc.assert(
      fc.property(fc.array(line, { maxLength: 400 }), (lines) => {
        let next = 0;
        for (const { start, end } of chunkLines(lines)) {
          expect(start).toBe(next);
          expect(end - start).toBeGreaterThan(0);
          expect(end - start).toBeLessThanOrEqual(60);
          next = end;
        }
        expect(next).toBe(lines.length);
      }),
    );
  });
});
