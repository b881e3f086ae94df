import { describe, expect, it } from 'vitest';
import { isUnchangedByScrubber, redactIdentifiableInfo } from '../../../../src/privacy/scrubber/index.js';

const TOKEN = `${'gh'}p_aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hJ6`;
const fullWidth = (text: string) =>
  text.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));

describe('what reads the same', () => {
  it.each([
    ['a zero-width space in an address', 'to jo@exam\u200bple.org now', 'to <EMAIL> now'],
    ['a soft hyphen in an address', 'to j\u00ado@example.org now', 'to <EMAIL> now'],
    ['a joiner in a token', `got ${TOKEN.slice(0, 9)}\u2060${TOKEN.slice(9)} now`, 'got <TOKEN> now'],
    ['a full-width at sign', 'to jo\uff20example.org now', 'to <EMAIL> now'],
    ['full-width characters throughout', `to ${fullWidth('jo@example.org')} now`, 'to <EMAIL> now'],
    ['full-width digits of a card', `card ${fullWidth('4111111111111111')} ok`, 'card <CARD> ok'],
    ['mathematical letters', 'to \u{1D5C3}\u{1D5C8}@example.org now', 'to <EMAIL> now'],
  ])('is recognised in spite of %s', (_trick, text, redacted) => {
    expect(redactIdentifiableInfo(text)).toBe(redacted);
    expect(isUnchangedByScrubber(text)).toBe(false);
  });

  it.each([
    'caf\u00e9 \u{1F469}\u200d\u{1F4BB} works',
    'a\u200bb',
    '\uff21\uff22\uff23',
    '\u{1D6A4}',
    '\u2460 first, \u2461 second',
    '\u30d5\u30a1\u30a4\u30eb\u304c\u898b\u3064\u304b\u308a\u307e\u305b\u3093',
  ])('stays as it is when there is nothing to take out: %j', (text) => {
    expect(redactIdentifiableInfo(text)).toBe(text);
  });
});
