import { describe, expect, it } from 'vitest';
import { defineEvent } from '../../../src/events/index.js';
import {
  bool,
  count,
  dateBucket,
  forbidden,
  hash,
  nested,
  number,
  oneOf,
  optional,
  plain,
  textCount,
} from '../../../src/privacy/index.js';
import { openDoor } from '../privacy/support.js';

const configError = (code: string) => expect.objectContaining({ name: 'ConfigError', code });

describe('defineEvent', () => {
  const CodeSearch = defineEvent('code_search', {
    intent: plain(oneOf('UNDERSTAND', 'DEBUG')),
    durationMs: plain(number({ min: 0, max: 1_000 }), { as: 'duration_ms' }),
    isFirst: plain(optional(bool())),
    day: plain(optional(dateBucket('day'))),
    query: textCount(),
    results: count(),
    user: hash({ identity: 'user' }),
    secret: forbidden(),
  });

  it('makes the model that decorators make', () => {
    const search = CodeSearch.create({
      intent: 'DEBUG',
      durationMs: 12,
      isFirst: true,
      day: new Date('2026-11-21T08:30:00Z'),
      query: 'how do I…',
      results: [1, 2],
      user: 'alice',
      secret: 'hunter2',
    });
    const { sanitizer, typed } = openDoor();
    expect(typed(search)).toEqual({
      intent: 'DEBUG',
      duration_ms: 12,
      isFirst: true,
      day: '2026-11-21',
      query: 9,
      results: 2,
      user: expect.stringMatching(/^blake3:/),
    });
    expect(sanitizer.typed(search, {} as never)?.event).toBe('code_search');
  });

  it('has answers for the fields that were left out', () => {
    expect(openDoor().typed(CodeSearch.create({ intent: 'DEBUG', durationMs: null }))).toEqual({
      intent: 'DEBUG',
      duration_ms: null,
      query: 0,
      results: 0,
      user: null,
    });
  });

  it('names its class after the event, for errors', () => {
    expect(() => CodeSearch.create({ intent: 'LAZE' as never, durationMs: 1 })).toThrow(
      'of code_search must be',
    );
  });

  it('keeps two events apart', () => {
    const First = defineEvent('first', { field: count() });
    const Second = defineEvent('second', { field: forbidden(), other: count() });
    expect(openDoor().typed(First.create({ field: [1] }))).toEqual({ field: 1 });
    expect(openDoor().typed(Second.create({ field: [1], other: [] }))).toEqual({ other: 0 });
  });

  it('takes the options of @event', () => {
    const Open = defineEvent('open', { field: count() }, { undeclared: 'plain', isPrefixed: true });
    const event = Object.assign(Open.create({}), { mode: 'fast' });
    expect(openDoor().sanitizer.typed(event, {} as never)).toMatchObject({
      event: 'acme_tool_open',
      properties: { field: 0, mode: 'fast' },
    });
  });

  it('nests', () => {
    const Inner = defineEvent('inner', { items: count() });
    const Outer = defineEvent('outer', { inner: nested(() => Inner) });
    expect(openDoor().typed(Outer.create({ inner: [Inner.create({ items: [1] })] }))).toEqual({
      inner: [{ items: 1 }],
    });
  });

  it.each<[string, string, () => unknown]>([
    ['a name with white space', 'EVENT_NAME_INVALID', () => defineEvent('two words', {})],
    ['a name of PostHog', 'EVENT_NAME_INVALID', () => defineEvent('$set', {})],
    ['a field of PostHog', 'FIELD_UNSUPPORTED', () => defineEvent('name', { $ip: hash() })],
    [
      'one name for two fields',
      'FIELD_DUPLICATE',
      () => defineEvent('name', { a: count(), b: count({ as: 'a' }) }),
    ],
    ['a field without a declaration', 'OPTION_INVALID', () => defineEvent('name', { a: 'count' as never })],
    [
      'a schema instead of a declaration',
      'OPTION_INVALID',
      () => defineEvent('name', { a: oneOf('a') as never }),
    ],
    ['a field that is undefined', 'OPTION_INVALID', () => defineEvent('name', { a: undefined as never })],
    ['free text', 'PLAIN_UNBOUNDED', () => defineEvent('name', { a: plain({} as never) })],
  ])('refuses %s', (_what, code, define) => {
    expect(define).toThrow(configError(code));
  });
});
