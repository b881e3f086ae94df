import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutRedacted } from '../../../../src/privacy/scrubber/cut.js';
import { redactAndCut, redactIdentifiableInfo } from '../../../../src/privacy/scrubber/index.js';
import { body, nasty } from './support.js';

describe('redactAndCut', () => {
  it.each([
    ['nothing to see', 7, 'nothing'],
    ['by jo@example.org today', 11, 'by <EMAIL> '],
    ['by jo@example.org today', 6, 'by '],
    ['ok \u{1F600}\u{1F600}', 4, 'ok \u{1F600}'],
    ['anything', 0, ''],
    ['short', 100, 'short'],
  ])('matches first and cuts %j after %d code points', (text, limit, expected) => {
    expect(redactAndCut(text, limit)).toBe(expected);
  });

  it('leaves a text that neither redaction nor another cut changes', () => {
    fc.assert(
      fc.property(nasty, fc.nat(60), (text, limit) => {
        const once = redactAndCut(text, limit);
        expect(redactAndCut(once, limit)).toBe(once);
        expect(redactIdentifiableInfo(once)).toBe(once);
        expect([...once].length).toBeLessThanOrEqual(limit);
      }),
      { numRuns: 2_000 },
    );
  });

  it('never keeps a part of a secret that the end of what is read cuts in two', () => {
    const limit = 20;
    // What is read ends 4 x 20 + 4096 units in; secrets are planted around there and around what may be kept.
    const place = fc.oneof(fc.integer({ min: 0, max: 120 }), fc.integer({ min: 4_000, max: 4_300 }));
    fc.assert(
      fc.property(place, body(36), (before, tail) => {
        const secret = `${'gh'}p_${tail}`;
        const text = `${'ab '.repeat(2_000).slice(0, before)} ${secret} ${'xy '.repeat(2_000)}`;
        const cut = redactAndCut(text, limit);
        for (let length = 8; length <= secret.length; length += 4)
          expect(cut).not.toContain(secret.slice(0, length));
      }),
      { numRuns: 500 },
    );
  });

  it('reads no more of ten megabytes than it may keep and a few kilobytes', () => {
    let read = 0;
    const find = (text: string) => {
      read += text.length;
      return [];
    };
    expect(cutRedacted('word '.repeat(2_000_000), 1_000, find)).toHaveLength(1_000);
    expect(read).toBeLessThan(10_000);
  });

  it('leaves out a last word that may go on behind what was read', () => {
    const text = `see ${'x'.repeat(1_000_000)}`;
    expect(redactAndCut(text, 100)).toBe('see ');
  });
});
