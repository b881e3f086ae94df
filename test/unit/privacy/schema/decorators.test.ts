import { describe, expect, it } from 'vitest';
import {
  AnonymityConversion,
  aggregate,
  anonymize,
  bool,
  boolean,
  count,
  distribution,
  event,
  type FieldDeclaration,
  forbidden,
  hash,
  oneOf,
  plain,
  textCount,
} from '../../../../src/privacy/index.js';
import { openDoor } from '../support.js';

const configError = (code: string) => expect.objectContaining({ name: 'ConfigError', code });

type Declaration = Pick<FieldDeclaration<never>, 'rule'>;

/** A decorator called by hand, as a compiler would. */
const apply = (declaration: Declaration, context: unknown): void =>
  (declaration as FieldDeclaration<unknown>)(undefined, context as ClassFieldDecoratorContext);

const fieldContext = (overrides: object = {}) => ({
  kind: 'field',
  name: 'field',
  static: false,
  private: false,
  metadata: Object.create(null),
  ...overrides,
});

describe('a decorated class', () => {
  it('leaves nothing but its declared fields, each reduced by its rule', () => {
    @event('everything')
    class Everything {
      @plain(oneOf('UNDERSTAND', 'DEBUG')) intent = 'DEBUG' as const;
      @boolean() configPath: string | undefined = '/home/alice/config';
      @count() results = ['a', 'b'];
      @textCount() query = 'how do I…';
      @aggregate('mean') scores = [1, 2];
      @distribution(['ts', 'py']) languages = ['ts', 'secret'];
      @hash() repository = 'git@example.org:a/b';
      @forbidden() apiKey = 'sk-secret';
      undeclared = 'hunter2';
    }
    const { typed, dropped } = openDoor();
    expect(typed(new Everything())).toEqual({
      intent: 'DEBUG',
      configPath: true,
      results: 2,
      query: 9,
      scores: 1.5,
      languages: { ts: 1, other: 1 },
      repository: expect.stringMatching(/^blake3:[0-9a-f]{32}$/),
    });
    expect(dropped).toEqual({ field_undeclared: 1 });
  });

  it('has an answer for nothing under every rule but plain and nested', () => {
    @event('nothing')
    class Nothing {
      @plain(bool()) plain: boolean | undefined;
      @plain(bool()) plainNull: boolean | null = null;
      @boolean() boolean: unknown;
      @count() count: unknown[] | undefined;
      @textCount() text: string | undefined;
      @aggregate() sum: number[] | undefined;
      @distribution(['a']) distribution: string[] | undefined;
      @hash() hash: unknown;
      @forbidden() forbidden: unknown;
    }
    const payload = openDoor().typed(new Nothing());
    expect(payload).toStrictEqual({
      plainNull: null,
      boolean: false,
      count: 0,
      text: 0,
      sum: null,
      distribution: {},
      hash: null,
    });
  });

  it('reads getters and accessors, and leaves no trace of one that throws', () => {
    @event('computed')
    class Computed {
      @count() accessor items = [1, 2, 3];
      @boolean()
      get hasItems(): boolean {
        return this.items.length > 0;
      }
      @hash()
      get broken(): string {
        throw new Error('hunter2');
      }
      @forbidden()
      get secret(): string {
        throw new Error('must not be read');
      }
      get undeclared(): string {
        throw new Error('must not be read');
      }
    }
    const { typed, dropped } = openDoor();
    expect(typed(new Computed())).toEqual({ items: 3, hasItems: true });
    expect(dropped).toEqual({ field_unreadable: 1 });
  });

  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['a text', 'hunter2'],
    ['a promise', Promise.resolve('hunter2')],
    ['an object', { password: 'hunter2' }],
  ])('leaves a forbidden field out when it holds %s', (_what, value) => {
    @event('guarded')
    class Guarded {
      @forbidden() secret: unknown = value;
      @boolean() other = true;
    }
    expect(openDoor().typed(new Guarded())).toStrictEqual({ other: true });
  });

  it('can be created while it is being defined', () => {
    @event('early')
    class Early {
      static readonly first = new Early();
      static readonly seen = openDoor().typed(Early.first);
      @count() items = [1];
    }
    expect(openDoor().typed(new Early())).toEqual({ items: 1 });
  });

  it('names its properties as told', () => {
    @event('named')
    class Named {
      @count({ as: 'item_count' }) items = [1];
      @textCount({ as: 'query.length' }) query = 'abc';
      @forbidden() _anything = 'hunter2';
    }
    expect(openDoor().typed(new Named())).toEqual({ item_count: 1, 'query.length': 3 });
  });
});

describe('the general form', () => {
  it('declares what the short forms declare', () => {
    @event('general')
    class General {
      @anonymize(AnonymityConversion.PLAIN, { schema: bool() }) plain = true;
      @anonymize(AnonymityConversion.BOOLEAN) boolean = 'x';
      @anonymize(AnonymityConversion.COUNT, { as: 'items' }) count = [1, 2];
      @anonymize(AnonymityConversion.TEXT_COUNT) text = 'abc';
      @anonymize(AnonymityConversion.AGGREGATE, { function: 'max' }) max = [1, 5];
      @anonymize(AnonymityConversion.DISTRIBUTION, { labels: ['a'] }) labels = ['a'];
      @anonymize(AnonymityConversion.HASH, { identity: 'user' }) hash = 'alice';
      @anonymize(AnonymityConversion.FORBIDDEN) secret = 'hunter2';
    }
    expect(openDoor().typed(new General())).toEqual({
      plain: true,
      boolean: true,
      items: 2,
      text: 3,
      max: 5,
      labels: { a: 1 },
      hash: expect.stringMatching(/^blake3:/),
    });
  });

  it.each<[string, string, () => unknown]>([
    ['plain without a schema', 'PLAIN_UNBOUNDED', () => (anonymize as CallableFunction)('plain')],
    [
      'a distribution without labels',
      'LABELS_INVALID',
      () => (anonymize as CallableFunction)('distribution'),
    ],
    ['a conversion that does not exist', 'OPTION_INVALID', () => (anonymize as CallableFunction)('encrypt')],
    ['an aggregate that does not exist', 'OPTION_INVALID', () => aggregate('mode' as never)],
    ['half a decimal', 'OPTION_INVALID', () => aggregate('sum', { decimals: 1.5 })],
    ['a scope that does not exist', 'OPTION_INVALID', () => hash({ scope: 'forever' as never })],
    ['no list of labels', 'LABELS_INVALID', () => distribution('ab' as never)],
  ])('refuses %s', (_what, code, declare) => {
    expect(declare).toThrow(configError(code));
  });
});

describe('a hash', () => {
  it('of one identity is alike in two events, of two identities never', () => {
    @event('first')
    class First {
      @hash({ identity: 'repository' }) repo = 'acme';
      @hash({ identity: 'user' }) login = 'acme';
    }
    @event('second')
    class Second {
      @hash({ identity: 'repository', as: 'origin' }) remote = 'acme';
    }
    const { typed } = openDoor();
    const first = typed(new First());
    expect(typed(new Second())?.origin).toBe(first?.repo);
    expect(first?.login).not.toBe(first?.repo);
  });

  it('of session scope is made with the secret of the session', () => {
    @event('scoped')
    class Scoped {
      @hash({ identity: 'x' }) lasting = 'acme';
      @hash({ identity: 'x', scope: 'session' }) passing = 'acme';
    }
    const payload = openDoor().typed(new Scoped());
    expect(payload?.passing).toMatch(/^blake3:/);
    expect(payload?.passing).not.toBe(payload?.lasting);
  });
});

describe('a decorator', () => {
  it.each<[string, unknown]>([
    ['a property of an old decorator', 'field'],
    ['nothing', undefined],
  ])('that receives %s names experimentalDecorators and the way out', (_what, context) => {
    expect(() => apply(count(), context)).toThrow(
      expect.objectContaining({
        code: 'DECORATORS_EXPERIMENTAL',
        message: expect.stringMatching(/experimentalDecorators.*tsconfig\.json.*defineEvent\(\)/),
      }),
    );
  });

  it('of a class that receives nothing names experimentalDecorators too', () => {
    expect(() => event('named')(class {}, undefined as never)).toThrow(
      configError('DECORATORS_EXPERIMENTAL'),
    );
  });

  it('without metadata names compilers that have it', () => {
    const context = fieldContext({ metadata: undefined });
    expect(() => apply(count(), context)).toThrow(configError('DECORATORS_NO_METADATA'));
    expect(() => event('named')(class {}, { kind: 'class' } as never)).toThrow(
      configError('DECORATORS_NO_METADATA'),
    );
  });

  it.each<[string, object]>([
    ['a private field', { private: true, name: '#field' }],
    ['a static field', { static: true }],
    ['a symbol', { name: Symbol('field') }],
    ['a method', { kind: 'method' }],
    ['a setter', { kind: 'setter' }],
  ])('refuses %s', (_what, overrides) => {
    expect(() => apply(forbidden(), fieldContext(overrides))).toThrow(configError('FIELD_UNSUPPORTED'));
  });

  it.each<[string, Declaration, string]>([
    ['a name PostHog gives a meaning', count({ as: '$ip' }), 'field'],
    ['$set', count(), '$set'],
    ['a name with white space', count({ as: 'two words' }), 'field'],
    ['a name that is a path', count({ as: '/home/alice' }), 'field'],
    ['a field that begins with an underscore', count(), '_field'],
    ['the prototype', count(), '__proto__'],
    ['a name of 101 characters', count({ as: 'x'.repeat(101) }), 'field'],
    [
      'a redacted text under such a name',
      textCount({ withToolsOverPrivacy: 'redact', redactedAs: '$q' }),
      'field',
    ],
  ])('refuses %s', (_what, declaration, name) => {
    expect(() => apply(declaration, fieldContext({ name }))).toThrow(configError('FIELD_UNSUPPORTED'));
  });

  it('refuses a second rule for a field', () => {
    const context = fieldContext();
    apply(hash(), context);
    expect(() => apply(forbidden(), context)).toThrow(configError('FIELD_DUPLICATE'));
  });

  it.each<[string, Declaration, Declaration, string]>([
    ['two fields', count({ as: 'same' }), hash({ as: 'same' }), 'b'],
    ['a field and another’s own name', count({ as: 'b' }), hash(), 'b'],
    ['a field and a forbidden one', forbidden(), hash({ as: 'a' }), 'b'],
    [
      'a field and a redacted text',
      textCount({ withToolsOverPrivacy: 'redact' }),
      hash({ as: 'a_redacted' }),
      'b',
    ],
  ])('refuses one name for %s', (_what, first, second, name) => {
    const context = fieldContext({ name: 'a' });
    apply(first, context);
    expect(() => apply(second, { ...context, name })).toThrow(configError('FIELD_DUPLICATE'));
  });
});
