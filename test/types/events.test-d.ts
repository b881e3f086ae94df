import { describe, expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import { defineEvent, type EventFields, TelemetryEvent } from '../../src/events/index.js';
import {
  aggregate,
  bool,
  boolean,
  count,
  distribution,
  event,
  forbidden,
  hash,
  nested,
  number,
  oneOf,
  optional,
  plain,
  type SanitizedEvent,
  type SanitizedProperties,
  textCount,
  type WireEvent,
} from '../../src/privacy/index.js';

@event('code_search')
class CodeSearch extends TelemetryEvent {
  @plain(oneOf('UNDERSTAND', 'DEBUG')) intent!: 'UNDERSTAND' | 'DEBUG';
  @count() results!: string[];
  @hash() repository?: string;
  @textCount() query: string | undefined;
  @boolean()
  get hasResults(): boolean {
    return this.results.length > 0;
  }
  helper(): void {}
}

describe('create', () => {
  test('takes every field of the class, and may leave out optional and computed ones', () => {
    expectTypeOf(
      CodeSearch.create({ intent: 'DEBUG', results: [], query: undefined }),
    ).toEqualTypeOf<CodeSearch>();
    CodeSearch.create({ intent: 'DEBUG', results: [], query: 'q', repository: 'acme' });
    expectTypeOf<keyof EventFields<CodeSearch>>().toEqualTypeOf<
      'intent' | 'results' | 'repository' | 'query' | 'hasResults'
    >();
  });

  test('takes no other', () => {
    // @ts-expect-error `intent` is missing
    CodeSearch.create({ results: [], query: '' });
    // @ts-expect-error no such intent
    CodeSearch.create({ intent: 'LAZE', results: [], query: '' });
    // @ts-expect-error the wrong type
    CodeSearch.create({ intent: 'DEBUG', results: 7, query: '' });
    // @ts-expect-error no such field
    CodeSearch.create({ intent: 'DEBUG', results: [], query: '', intention: 'DEBUG' });
    // @ts-expect-error a method is no field
    CodeSearch.create({ intent: 'DEBUG', results: [], query: '', helper: () => undefined });
  });
});

describe('defineEvent', () => {
  const Defined = defineEvent('code_search', {
    intent: plain(oneOf('UNDERSTAND', 'DEBUG')),
    share: plain(number({ min: 0, max: 1 })),
    mode: plain(z.enum(['fast', 'slow'])),
    isFirst: plain(optional(bool())),
    results: count(),
    query: textCount(),
    scores: aggregate('mean'),
    languages: distribution(['ts', 'py']),
    repository: hash(),
    inner: nested(() => CodeSearch),
    secret: forbidden(),
  });
  const plainOnes = { intent: 'DEBUG', share: 0.5, mode: 'fast' } as const;

  test('requires the plain fields and lets the others be left out', () => {
    const event = Defined.create(plainOnes);
    expectTypeOf(event.intent).toEqualTypeOf<'UNDERSTAND' | 'DEBUG' | null>();
    expectTypeOf(event.share).toEqualTypeOf<number | null>();
    expectTypeOf(event.mode).toEqualTypeOf<'fast' | 'slow' | null>();
    expectTypeOf(event.isFirst).toEqualTypeOf<boolean | null | undefined>();
    expectTypeOf(event.query).toEqualTypeOf<string | null | undefined>();
    expectTypeOf(event.results).toEqualTypeOf<object | null | undefined>();
    expectTypeOf(event.repository).toEqualTypeOf<unknown>();
    expectTypeOf(event).toExtend<TelemetryEvent>();
    Defined.create({
      ...plainOnes,
      share: null,
      query: undefined,
      results: [1],
      scores: [1],
      languages: ['ts'],
    });
  });

  test('refuses the rest', () => {
    // @ts-expect-error `mode` is missing
    Defined.create({ intent: 'DEBUG', share: 0.5 });
    // @ts-expect-error no such intent
    Defined.create({ ...plainOnes, intent: 'LAZE' });
    // @ts-expect-error a text is no number
    Defined.create({ ...plainOnes, share: '0.5' });
    // @ts-expect-error a number cannot be counted
    Defined.create({ ...plainOnes, results: 7 });
    // @ts-expect-error there is no text in a number
    Defined.create({ ...plainOnes, query: 7 });
    // @ts-expect-error texts have no mean
    Defined.create({ ...plainOnes, scores: ['1'] });
    // @ts-expect-error objects are no labels
    Defined.create({ ...plainOnes, languages: [{ name: 'ts' }] });
    // @ts-expect-error another class
    Defined.create({ ...plainOnes, inner: new Date() });
    // @ts-expect-error no such field
    Defined.create({ ...plainOnes, intention: 'DEBUG' });
    // @ts-expect-error a bare conversion is no declaration
    defineEvent('bare', { results: 'count' });
    // @ts-expect-error a schema is no declaration
    defineEvent('bare', { intent: oneOf('a') });
  });
});

describe('the door', () => {
  test('cannot be passed by an object that merely looks sanitized', () => {
    const wire = {} as WireEvent;
    // @ts-expect-error only privacy/ makes sanitized events
    const event: SanitizedEvent = wire;
    // @ts-expect-error only privacy/ makes sanitized properties
    const properties: SanitizedProperties = { a: 1 };
    expectTypeOf(event).toExtend<WireEvent>();
    expectTypeOf(properties).not.toBeAny();
  });
});
