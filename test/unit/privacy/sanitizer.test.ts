import { describe, expect, it } from 'vitest';
import {
  count,
  createSanitizer,
  declareConversions,
  event,
  forbidden,
  HASH_PLACEHOLDER,
  hash,
  NOTHING_HELD,
  textCount,
} from '../../../src/privacy/index.js';
import { countingDrops, ENVELOPE, hostileProxy, openDoor } from './support.js';

@event('search')
class Search {
  @count() results = [1, 2];
  @forbidden() query = 'hunter2';
}

@event('session', { isPrefixed: true })
class Session {
  @count() requests = [1];
}

class Tags {
  @count() items = [1];
  secret = 'hunter2';
}

describe('the door', () => {
  it('makes an event of its envelope, its name and its reduced fields, and nothing else', () => {
    expect(openDoor().sanitizer.typed(new Search(), ENVELOPE)).toStrictEqual({
      uuid: ENVELOPE.uuid,
      event: 'search',
      distinctId: 'session',
      timestampMs: 0,
      properties: { results: 2 },
      common: ENVELOPE.common,
    });
  });

  it('prefixes the event names that ask for it with the app', () => {
    expect(openDoor().sanitizer.typed(new Session(), ENVELOPE)?.event).toBe('acme_tool_session');
  });

  it.each<[string, object]>([
    ['a plain object', { a: 1 }],
    ['an instance of a class without rules', new (class Nothing {})()],
    ['an instance of a schema class that is no event', new Tags()],
  ])('lets no %s pass as an event', (_what, source) => {
    const { typed, dropped } = openDoor();
    expect(typed(source)).toBeUndefined();
    expect(dropped).toEqual({ event_undeclared: 1 });
  });

  it('lets no text leave of what comes untyped, whatever the person has said yes to', () => {
    class Query {
      @textCount({ withToolsOverPrivacy: 'redact' }) query = 'which?';
    }
    @event('open', { undeclared: 'plain' })
    class Open {
      @textCount({ withToolsOverPrivacy: 'redact' }) told = 'why?';
      more = { query: new Query() };
    }
    const { sanitizer, typed, untyped } = openDoor({ toolsOverPrivacy: true });
    expect(untyped(new Query())).toEqual({ query: 6 });
    expect(untyped({ inside: new Query() })).toEqual({ inside: { query: 6 } });
    expect(sanitizer.properties({ inside: [new Query()] }, 'session')).toEqual({ inside: [{ query: 6 }] });
    expect(typed(new Open())).toEqual({ told: 4, told_redacted: 'why?', more: { query: { query: 6 } } });
  });

  it('takes an instance of a schema class by its rules when it comes untyped', () => {
    expect(openDoor().untyped(new Tags())).toEqual({ items: 1 });
  });

  it.each([
    '',
    'two words',
    '$identify',
    '$feature_flag_called',
    'alice@example.org',
    'ghp_16C7e42F292c6912E7710c838347Ae178B4a',
    'a/b',
    'x'.repeat(101),
    7,
  ])('lets no untyped event called %j pass', (name) => {
    const { sanitizer, dropped } = openDoor();
    expect(sanitizer.untyped(name as string, { a: 1 }, ENVELOPE)).toBeUndefined();
    expect(dropped).toEqual({ event_name_invalid: 1 });
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['undefined', undefined],
    ['a text', 'hunter2'],
    ['a proxy that throws everywhere', hostileProxy('hunter2')],
  ])('throws for no payload, not even %s', (_what, payload) => {
    const { sanitizer, dropped } = openDoor();
    expect(sanitizer.untyped('name', payload as object, ENVELOPE)?.properties ?? {}).toEqual({});
    expect(sanitizer.typed(payload as object, ENVELOPE)).toBeUndefined();
    expect(sanitizer.properties(payload as object)).toEqual({});
    expect(Object.keys(dropped)).not.toHaveLength(0);
  });

  it('reports a missing field once, and each class by itself', () => {
    class A {}
    class B {}
    declareConversions(A, { gone: 'count' } as object, { event: 'a' });
    declareConversions(B, { gone: 'count' } as object, { event: 'b' });
    const { typed, missing } = openDoor();
    for (const source of [new A(), new B(), new A()]) typed(source);
    expect(missing).toEqual(['a.gone', 'b.gone']);
  });

  it('shows placeholders as long as there is no secret', () => {
    @event('hashed')
    class Hashed {
      @hash() lasting = 'alice';
      @hash({ scope: 'session' }) passing = 'alice';
    }
    const sanitizer = createSanitizer({
      app: 'acme',
      now: () => 0,
      heldBack: () => NOTHING_HELD,
      hashes: { installation: () => undefined, session: () => undefined },
      toolsOverPrivacy: () => false,
      countDrop: countingDrops().countDrop,
      reportMissingField: () => undefined,
    });
    expect(sanitizer.typed(new Hashed(), ENVELOPE)?.properties).toEqual({
      lasting: HASH_PLACEHOLDER,
      passing: HASH_PLACEHOLDER,
    });
    expect(sanitizer.properties({ userId: 'alice' })).toEqual({ userId: HASH_PLACEHOLDER });
  });
});

describe('properties of every event', () => {
  it('follow the rules of their class, or the automatic rule', () => {
    const { sanitizer } = openDoor();
    expect(sanitizer.properties(new Tags())).toEqual({ items: 1 });
    expect(sanitizer.properties({ plan: 'free', note: 'two words', $ip: '::1' })).toEqual({
      plan: 'free',
      note: 9,
    });
  });
});

describe('feature variants', () => {
  it('leave under the names PostHog reads, when key and variant are labels', () => {
    const variants = new Map<string, string | boolean>([
      ['new-ranking', 'control'],
      ['beta', true],
      ['off', false],
      ['two words', 'a'],
      ['leak', 'alice@example.org'],
      ['long', 'x'.repeat(65)],
    ]);
    expect(openDoor().sanitizer.features(variants)).toEqual({
      '$feature/new-ranking': 'control',
      '$feature/beta': true,
      '$feature/off': false,
    });
  });
});
