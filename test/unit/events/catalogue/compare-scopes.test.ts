import { describe, expect, it } from 'vitest';
import {
  type ConsentScope,
  compareScopes,
  type DomainScope,
  type EventScope,
  type FieldScope,
  toHeldBack,
} from '../../../../src/events/index.js';
import { EVERYTHING_HELD } from '../../../../src/privacy/index.js';

const SCOPE: ConsentScope = {
  recipient: 'eu.example.com',
  distinctId: 'session',
  untyped: false,
  events: {},
  common: {},
  session: {},
};

const withEvent = (event: Partial<EventScope>, rest: Partial<ConsentScope> = {}): ConsentScope => ({
  ...SCOPE,
  ...rest,
  events: { search: { undeclared: false, fields: {}, ...event } },
});
const withField = (field: FieldScope) => withEvent({ fields: { kind: field } });

const judge = (agreed: ConsentScope, current: ConsentScope) =>
  compareScopes(agreed, current).map(({ path, effect, kind }) => `${effect} ${kind} ${path}`);
const judgeField = (agreed: FieldScope, current: FieldScope) => judge(withField(agreed), withField(current));

const plain = (domain: DomainScope): FieldScope => ({ conversion: 'plain', domain });
const labels = (...members: string[]): FieldScope => plain({ kind: 'enum', labels: members });
const number = (min: number, max: number, rest: object = {}): FieldScope =>
  plain({ kind: 'number', min, max, integer: false, ...rest });
const hash = (scope: 'installation' | 'session', identity = 'path'): FieldScope => ({
  conversion: 'hash',
  identity,
  scope,
});
const COUNT: FieldScope = { conversion: 'count' };

const WIDER = ['widening wider_domain search.kind'];
const WEAKER = ['widening weaker_conversion search.kind'];
const NARROWER = ['narrowing narrower search.kind'];

describe('a field of two scopes', () => {
  it.each<[string, FieldScope, FieldScope, readonly string[]]>([
    ['a label more', labels('a', 'b'), labels('a', 'b', 'c'), WIDER],
    ['a label less', labels('a', 'b'), labels('a'), NARROWER],
    ['another order', labels('a', 'b'), labels('b', 'a'), NARROWER],
    ['a bucket for the rest', labels('a'), plain({ kind: 'enum', labels: ['a'], fallback: 'other' }), WIDER],
    ['labels for a number', number(0, 3), plain({ kind: 'enum', labels: [1, 2] }), NARROWER],
    ['labels for a pattern', plain({ kind: 'pattern', source: '^\\d$' }), labels('1'), WIDER],
    [
      'another pattern',
      plain({ kind: 'pattern', source: '^\\d$' }),
      plain({ kind: 'pattern', source: '^[0-9]$' }),
      WIDER,
    ],
    ['true for true or false', plain({ kind: 'boolean' }), plain({ kind: 'enum', labels: [true] }), NARROWER],
    ['a smaller range', number(0, 10), number(1, 9), NARROWER],
    ['a larger range', number(0, 10), number(0, 11), WIDER],
    ['more decimals', number(0, 10, { decimals: 1 }), number(0, 10, { decimals: 2 }), WIDER],
    ['a bound with more decimals', number(0, 10, { decimals: 1 }), number(0.25, 10, { decimals: 1 }), WIDER],
    [
      'fewer decimals than a bound has',
      number(1.25, 10, { decimals: 1 }),
      number(1.25, 10, { decimals: 0 }),
      WIDER,
    ],
    ['whole numbers', number(0, 10, { decimals: 1 }), number(0, 10, { integer: true }), NARROWER],
    ['numbers that are not whole', number(0, 10, { integer: true }), number(0, 10, { decimals: 0 }), WIDER],
    [
      'a coarser date',
      plain({ kind: 'date_bucket', bucket: 'day' }),
      plain({ kind: 'date_bucket', bucket: 'month' }),
      NARROWER,
    ],
    [
      'a finer date',
      plain({ kind: 'date_bucket', bucket: 'day' }),
      plain({ kind: 'date_bucket', bucket: 'hour' }),
      WIDER,
    ],
    [
      'a longer list',
      plain({ kind: 'list', member: { kind: 'boolean' }, maxMembers: 2 }),
      plain({ kind: 'list', member: { kind: 'boolean' }, maxMembers: 3 }),
      WIDER,
    ],
    [
      'one of several domains',
      plain({ kind: 'any_of', domains: [{ kind: 'boolean' }, { kind: 'enum', labels: ['a'] }] }),
      labels('a'),
      NARROWER,
    ],
    [
      'a domain besides',
      labels('a'),
      plain({ kind: 'any_of', domains: [{ kind: 'boolean' }, { kind: 'enum', labels: ['a'] }] }),
      WIDER,
    ],
    ['its values for how many', COUNT, labels('a'), WEAKER],
    ['how many, which tells of anything, for a closed list', labels('a'), COUNT, WEAKER],
    ['whether there is any, for its values', labels('a'), { conversion: 'boolean' }, NARROWER],
    ['a hash, which tells of anything, for a closed list', labels('a'), hash('session'), WEAKER],
    [
      'a length, which tells of anything, for a closed list',
      labels('a'),
      { conversion: 'text_count' },
      WEAKER,
    ],
    [
      'a hash that links sessions',
      hash('session'),
      hash('installation'),
      ['widening longer_linked search.kind'],
    ],
    ['a hash that links less', hash('installation'), hash('session'), NARROWER],
    [
      'a hash of another identity',
      hash('session'),
      hash('session', 'name'),
      ['widening longer_linked search.kind'],
    ],
    [
      'another figure',
      { conversion: 'aggregate', aggregate: 'sum' },
      { conversion: 'aggregate', aggregate: 'max' },
      WEAKER,
    ],
    ['an earlier end', { ...COUNT, expires: '2027-02-01' }, { ...COUNT, expires: '2027-01-01' }, NARROWER],
    ['a first end', COUNT, { ...COUNT, expires: '2027-01-01' }, NARROWER],
    [
      'a later end',
      { ...COUNT, expires: '2027-01-01' },
      { ...COUNT, expires: '2027-02-01' },
      ['widening longer_kept search.kind'],
    ],
    ['no end any more', { ...COUNT, expires: '2027-01-01' }, COUNT, ['widening longer_kept search.kind']],
    ['a class besides', COUNT, { conversion: 'any_of', alternatives: [COUNT, labels('a')] }, WEAKER],
    ['one class of two', { conversion: 'any_of', alternatives: [COUNT, labels('a')] }, labels('a'), NARROWER],
    [
      'a yes or no for a text after a second yes',
      { conversion: 'redacted' },
      { conversion: 'boolean' },
      WEAKER,
    ],
  ])('says of %s what it means', (_what, agreed, current, expected) => {
    expect(judgeField(agreed, current)).toEqual(expected);
  });

  it('is judged inside of a group, thing by thing', () => {
    const group = (fields: Record<string, FieldScope>): FieldScope => ({ conversion: 'nested', fields });
    const agreed = withField(group({ a: COUNT, b: labels('x'), c: COUNT }));
    const current = withField(group({ a: COUNT, b: labels('x', 'y'), d: COUNT }));
    expect(judge(agreed, current)).toEqual([
      'widening wider_domain search.kind.b',
      'widening new_field search.kind.d',
      'narrowing removed search.kind.c',
    ]);
    const held = toHeldBack(agreed, current).event('search');
    expect(held).toEqual(
      new Map([
        [
          'kind',
          new Map([
            ['b', 'all'],
            ['d', 'all'],
          ]),
        ],
      ]),
    );
  });

  it('that is inside itself is held back with anything that is widened around it', () => {
    const tree = (fields: Record<string, FieldScope>) =>
      withEvent({ fields: { ...fields, inner: { conversion: 'nested', fields: {}, isRecursive: true } } });
    const held = toHeldBack(tree({ size: COUNT }), tree({ size: COUNT, name: COUNT })).event('search');
    expect(held).toEqual(
      new Map([
        ['name', 'all'],
        ['inner', 'all'],
      ]),
    );
    expect(toHeldBack(tree({ size: COUNT }), tree({})).event('search')).toBeUndefined();
  });

  it('may have thousands of labels, and one more', () => {
    const many = Array.from({ length: 20_000 }, (_, index) => `label-${index}`);
    const startedAt = performance.now();
    expect(judgeField(labels(...many), labels(...many, 'news'))).toEqual(WIDER);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  it('may have a name that objects have anyway', () => {
    const current = withEvent({ fields: { constructor: COUNT, toString: COUNT } as never });
    expect(judge(withEvent({}), current)).toHaveLength(2);
  });
});

describe('an event of two scopes', () => {
  it.each<[string, Partial<EventScope>, Partial<EventScope>, readonly string[]]>([
    ['properties that nobody declared', {}, { undeclared: true }, ['widening undeclared_allowed search.*']],
    ['declared properties only', { undeclared: true }, {}, ['narrowing narrower search.*']],
    ['a later end', { expires: '2027-01-01' }, {}, ['widening longer_kept search']],
    ['an end', {}, { expires: '2027-01-01' }, ['narrowing narrower search']],
    [
      'a forbidden property that is forgotten',
      { undeclared: true, forbidden: ['token'] },
      { undeclared: true },
      ['widening weaker_conversion search.*'],
    ],
    [
      'a declared property that is forgotten where undeclared ones pass',
      { undeclared: true, fields: { query: COUNT } },
      { undeclared: true },
      ['widening weaker_conversion search.*', 'narrowing removed search.query'],
    ],
  ])('says of %s what it means', (_what, agreed, current, expected) => {
    expect(judge(withEvent(agreed), withEvent(current))).toEqual(expected);
  });

  it('is new, or gone', () => {
    expect(judge(SCOPE, withEvent({}))).toEqual(['widening new_event search']);
    expect(judge(withEvent({}), SCOPE)).toEqual(['narrowing removed search']);
    expect(toHeldBack(SCOPE, withEvent({})).event('search')).toBe('all');
  });

  it('is no news to whom untyped events were told of, but for its scrubbed texts', () => {
    const agreed = { ...SCOPE, untyped: true };
    const fields: EventScope['fields'] = { query: COUNT, query_redacted: { conversion: 'redacted' } };
    const current = withEvent({ fields }, { untyped: true });
    expect(judge(agreed, current)).toEqual([
      'narrowing new_event search',
      'widening new_field search.query_redacted',
    ]);
    expect(toHeldBack(agreed, current).event('search')).toEqual(new Map([['query_redacted', 'all']]));
  });

  it('that no scope has is held back, unless untyped events were told of', () => {
    expect(toHeldBack(SCOPE, { ...SCOPE, untyped: true }).event('later')).toBe('all');
    expect(
      toHeldBack({ ...SCOPE, untyped: true }, { ...SCOPE, untyped: true }).event('later'),
    ).toBeUndefined();
  });
});

describe('what is about everything', () => {
  it.each<[string, Partial<ConsentScope>, string]>([
    ['another recipient', { recipient: 'us.example.com' }, 'widening new_recipient recipient'],
    ['ids that link sessions', { distinctId: 'installation' }, 'widening longer_linked distinct_id'],
  ])('holds everything back for %s', (_what, change, expected) => {
    expect(judge(SCOPE, { ...SCOPE, ...change })).toEqual([expected]);
    expect(toHeldBack(SCOPE, { ...SCOPE, ...change })).toBe(EVERYTHING_HELD);
  });

  it('holds what no class declares back until it was told of', () => {
    const untyped = { ...SCOPE, untyped: true };
    expect(judge(SCOPE, untyped)).toEqual(['widening undeclared_allowed untyped']);
    expect(toHeldBack(SCOPE, untyped).untyped).toBe(true);
    expect(judge(untyped, SCOPE)).toEqual(['narrowing narrower untyped']);
  });

  it('holds back what every event, and every session, says besides', () => {
    const held = toHeldBack(SCOPE, { ...SCOPE, common: { 'os.name': COUNT }, session: { plan: COUNT } });
    expect([held.common, held.session]).toEqual([new Map([['os.name', 'all']]), new Map([['plan', 'all']])]);
  });

  it('holds back which variants were chosen, which every event says, with the event that tells of it', () => {
    const flags = { ...SCOPE, events: { $feature_flag_called: { undeclared: false, fields: {} } } };
    expect(toHeldBack(SCOPE, flags).features).toBe(true);
    expect(toHeldBack(flags, flags).features).toBe(false);
    expect(toHeldBack(flags, withEvent({})).features).toBe(false);
  });

  it('tells in words what was and what is', () => {
    const [change] = compareScopes(withField(labels('a')), withField(labels('a', 'b')));
    expect(change).toMatchObject({ before: 'one of a', after: 'one of a, b; new: b' });
  });
});
