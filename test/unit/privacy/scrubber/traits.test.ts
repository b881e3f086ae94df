import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rule } from '../../../../src/privacy/scrubber/rule.js';
import { RULES } from '../../../../src/privacy/scrubber/rules/index.js';
import { Trait, traitsOf } from '../../../../src/privacy/scrubber/traits.js';
import { nasty, planted } from './support.js';

type Name = keyof typeof Trait;

const has = (text: string, trait: Name): boolean => (traitsOf(text) & Trait[trait]) !== 0;

describe('traitsOf', () => {
  it.each<[text: string, trait: Name]>([
    ['a password', 'secretWord'],
    ['PASSWORD', 'secretWord'],
    ['otp', 'secretWord'],
    ['x</a>', 'closingTag'],
    ['http://a', 'urlMark'],
    ['C:\\a', 'driveMark'],
    ['at c:/a', 'driveMark'],
    ['/home', 'rootMark'],
    ['(/home', 'rootMark'],
    ['-I/home', 'rootMark'],
    ['a:/home', 'rootMark'],
    ['a -b', 'option'],
    ['1.2.3.', 'dottedDigits'],
    ['DE89', 'account'],
    ['de8', 'account'],
    ['1-2 3/4', 'nearDigits'],
    ['1 a2A 3 b4', 'nearDigits'],
    ['0000000', 'closeDigits'],
    ['::', 'closeColons'],
    ['a:beef:1', 'closeColons'],
    ['00:11:22:33:44:55', 'hexGroups'],
    ['00-11-22-33-44-55', 'hexGroups'],
    ['0011.2233.4455', 'hexGroups'],
    ['A1', 'mixedWord'],
    ['1A', 'mixedWord'],
    ['A 1', 'mixedWord'],
    ['abcde-fghij_klm', 'longWord'],
    ['a'.repeat(26), 'veryLongWord'],
    ['\u00e9', 'wide'],
  ])('sees in %j: %s', (text, trait) => {
    expect(has(text, trait)).toBe(true);
  });

  it.each<[text: string, trait: Name]>([
    ['<PASSWORD>', 'secretWord'],
    ['mypassword', 'secretWord'],
    ['a/b', 'rootMark'],
    ['a:b', 'driveMark'],
    ['https://a', 'driveMark'],
    ['https://a', 'rootMark'],
    ['1.2.x', 'dottedDigits'],
    ['v18', 'account'],
    ['1 ____ 2 ____ 3 ____ 4', 'nearDigits'],
    ['12:34:56', 'hexGroups'],
    ['a1', 'mixedWord'],
    ['abcde fghij klm', 'longWord'],
  ])('does not see in %j: %s', (text, trait) => {
    expect(has(text, trait)).toBe(false);
  });
});

describe('what rules need', () => {
  /** To these a trait is part of what they look for, not only a sign that looking is worth while. */
  const DEMANDING = new Set(['random-token', 'prose-random']);
  const rules = RULES.filter(({ name }) => !DEMANDING.has(name));

  it('keeps no rule from a text in which it would find something', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          nasty,
          planted.map(({ text }) => text),
        ),
        (text) => {
          const traits = traitsOf(text);
          const missed = rules.filter((rule) => (traits & rule.needs) !== rule.needs && finds(rule, text));

          expect(missed.map(({ name }) => name)).toEqual([]);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it.each([
    'iban: de89370400440532013000',
    "user 'ada' host 10.1.2.3",
    'uuid 550e8400-e29b-41d4-a716-446655440000',
    'tcp fe80::1ff:fe23:4567:890a and 00:1B:44:11:3A:B7',
    'gcc -I/home/ada/include \\\\files\\share\\ada',
    'D:/work/ada/x.txt file:///home/ada/x.txt ~ada/x',
    'call (202) 555-0143, card 4111 1111 1111 1111',
    'my passport no 12 345 678 9, otp 4938',
    'mysql -u ada -pSummer1234 --password Winter55',
  ])('shows %j to every rule that would find something', (text) => {
    const traits = traitsOf(text);

    for (const rule of RULES.filter((each) => finds(each, text))) {
      expect([rule.name, traits & rule.needs]).toEqual([rule.name, rule.needs]);
    }
  });
});

function finds(rule: Rule, text: string): boolean {
  let isFound = false;
  rule.find(text, () => {
    isFound = true;
  });
  return isFound;
}
