import { describe, expect, it } from 'vitest';
import { findWith, isCleanUnder } from '../../../../src/privacy/scrubber/engine.js';
import { patternRule, type Rule } from '../../../../src/privacy/scrubber/rule.js';
import { replaceFindings } from '../../../../src/privacy/scrubber/spans.js';
import { Trait } from '../../../../src/privacy/scrubber/traits.js';

const rule = (pattern: RegExp, kind: Rule['kind'] = 'token', needs = 0): Rule =>
  patternRule({ name: 'test', kind, needs }, pattern);

describe('findWith', () => {
  it('returns findings in the order of the text, whatever the order of the rules', () => {
    const rules = [rule(/b/g, 'ip'), rule(/a/g, 'user')];

    expect(findWith(rules, 'a b')).toEqual([
      { kind: 'user', start: 0, end: 1 },
      { kind: 'ip', start: 2, end: 3 },
    ]);
  });

  it('joins findings that overlap and names them by the earlier rule', () => {
    const rules = [rule(/bcd/g, 'card'), rule(/abc/g, 'phone')];

    expect(findWith(rules, '-abcd-')).toEqual([{ kind: 'card', start: 1, end: 5 }]);
  });

  it('keeps findings apart that only touch', () => {
    expect(findWith([rule(/ab/g, 'ip'), rule(/cd/g, 'user')], 'abcd')).toHaveLength(2);
  });

  it('also claims what a placeholder reveals', () => {
    const rules = [rule(/secret/g), rule(/(?<=>)tail/g, 'user')];

    expect(findWith(rules, 'secrettail secret')).toEqual([
      { kind: 'token', start: 0, end: 6 },
      { kind: 'user', start: 6, end: 10 },
      { kind: 'token', start: 11, end: 17 },
    ]);
  });

  it('grows a finding over what is revealed on both of its sides', () => {
    const rules = [rule(/secret/g), rule(/x<TOKEN>y/g)];

    expect(findWith(rules, '-xsecrety- secret')).toEqual([
      { kind: 'token', start: 1, end: 9 },
      { kind: 'token', start: 11, end: 17 },
    ]);
  });

  it('does not grow a finding over a placeholder that only touches it', () => {
    const rules = [rule(/secret/g), rule(/x(?=<TOKEN>)|(?<=<TOKEN>)y/g, 'user')];

    expect(findWith(rules, 'xsecrety')).toEqual([
      { kind: 'user', start: 0, end: 1 },
      { kind: 'token', start: 1, end: 7 },
      { kind: 'user', start: 7, end: 8 },
    ]);
  });

  it('claims the whole of a long text in which there is little but findings', () => {
    const list = 'a '.repeat(2_000);

    expect(findWith([rule(/a/g)], list)).toEqual([{ kind: 'secret', start: 0, end: list.length }]);
  });

  it('keeps what stands between many findings that are far apart', () => {
    const text = `a${' '.repeat(40)}`.repeat(2_000);

    expect(findWith([rule(/a/g)], text)).toHaveLength(2_000);
  });

  it('claims the whole of a text that never stops revealing more', () => {
    const rules = [rule(/^a|(?<=>)a/g)];

    expect(findWith(rules, 'aaaaaaaaaaaa')).toEqual([{ kind: 'secret', start: 0, end: 12 }]);
  });

  it('runs a rule only on texts with the traits it needs', () => {
    const rules = [rule(/a/g, 'email', Trait.mailMark)];

    expect(findWith(rules, 'a')).toEqual([]);
    expect(findWith(rules, 'a@')).toHaveLength(1);
  });
});

describe('isCleanUnder', () => {
  it.each([
    ['a', false],
    ['b', true],
    ['', true],
  ])('answers for %j whether there are no findings', (text, clean) => {
    expect(isCleanUnder([rule(/a/g)], text)).toBe(clean);
  });

  it('does not ask further rules once one has found something', () => {
    const asked: string[] = [];
    const recorder = (name: string): Rule => ({
      name,
      kind: 'token',
      needs: 0,
      find: (_text, claim) => {
        asked.push(name);
        claim(0, 1);
      },
    });

    isCleanUnder([recorder('first'), recorder('second')], 'text');
    expect(asked).toEqual(['first']);
  });
});

describe('replaceFindings', () => {
  it('puts the placeholder of each kind in its place and keeps the rest', () => {
    const findings = [
      { kind: 'email', start: 3, end: 8 },
      { kind: 'national-id', start: 9, end: 10 },
    ] as const;

    expect(replaceFindings('to a@b.c 1!', findings)).toBe('to <EMAIL> <NATIONAL_ID>!');
  });
});
