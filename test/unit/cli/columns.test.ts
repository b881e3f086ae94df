import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Fact, formatFacts, wrapText } from '../../../src/cli/columns.js';

const FACTS: readonly Fact[] = [
  ['Telemetry', 'off'],
  ['Why', 'Telemetry is off: nobody has agreed to it.'],
];

describe('formatFacts', () => {
  it('puts names in one column and values in the next', () => {
    expect(formatFacts([FACTS], 80)).toBe(
      '  Telemetry  off\n  Why        Telemetry is off: nobody has agreed to it.',
    );
  });

  it('wraps a long value below itself', () => {
    expect(formatFacts([FACTS], 40)).toBe(
      '  Telemetry  off\n  Why        Telemetry is off: nobody\n             has agreed to it.',
    );
  });

  it('puts values below their names where there is no room beside them', () => {
    expect(formatFacts([[['A name of some length', 'a value of some length']]], 40)).toBe(
      '  A name of some length\n    a value of some length',
    );
  });

  it('keeps characters that would steer a terminal out of values', () => {
    expect(formatFacts([[['Name', 'a\u001b[2Jb']]], 80)).toBe('  Name  a [2Jb');
  });
});

describe('wrapText', () => {
  it('loses no word, and makes no line longer than asked but for a word that is', () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 });
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 60 }), (written, width) => {
        const lines = wrapText(written.join(' '), width);
        expect(lines.join(' ')).toBe(written.join(' '));
        for (const line of lines) expect(line.length <= width || !line.includes(' ')).toBe(true);
      }),
    );
  });
});
