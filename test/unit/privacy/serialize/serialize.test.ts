import { describe, expect, it } from 'vitest';
import {
  aggregate,
  boolean,
  count,
  distribution,
  event,
  forbidden,
  hash,
  invalidFields,
  number,
  oneOf,
  plain,
  serializeForTelemetry,
  textCount,
} from '../../../../src/privacy/index.js';
import { hostileProxy, nestedRecord, openDoor, timed } from '../support.js';

@event('open', { undeclared: 'plain' })
class Open {
  @hash() user = 'alice';
  @forbidden() secret = 'hunter2';
  @count({ as: 'item_count' }) items = [1, 2];
  label = 'python';
  text = 'two words';
  token = 'abc';
  item_count = 'hunter2';
  $ip = '10.0.0.1';
  get computed(): string {
    throw new Error('must not be read');
  }
}

describe('an event in the open mode', () => {
  it('lets undeclared fields pass through the rule for untyped payloads, beside its own rules', () => {
    const { typed, dropped } = openDoor();
    expect(typed(new Open())).toEqual({
      user: expect.stringMatching(/^blake3:/),
      item_count: 2,
      label: 'python',
      text: 9,
      token: expect.stringMatching(/^blake3:/),
    });
    expect(dropped).toEqual({ field_undeclared: 1, value_unsupported: 1 });
  });

  it('never lets a forbidden field pass, whatever stands in it', () => {
    for (const secret of [undefined, 'label', 42, { secret: 'label' }, [1]]) {
      expect(openDoor().typed(Object.assign(new Open(), { secret }))).not.toHaveProperty('secret');
    }
  });

  it('loses only the undeclared field whose getter throws', () => {
    const broken = Object.defineProperty(new Open(), 'broken', {
      enumerable: true,
      get: () => {
        throw new Error('hunter2');
      },
    });
    const { typed, dropped } = openDoor();
    expect(JSON.stringify(typed(broken))).toBe(JSON.stringify(typed(new Open())));
    expect(dropped.field_unreadable).toBe(1);
  });
});

describe('an event', () => {
  @event('guarded')
  class Guarded {
    @count() items: unknown[] = [1];
    @plain(number({ min: 0, max: 9 })) size: number | null = 3;
    @plain(oneOf('a', 'b')) label = 'a' as const;
  }

  it('drops and counts a plain value outside its schema, and keeps the rest', () => {
    const { typed, dropped } = openDoor();
    expect(typed(Object.assign(new Guarded(), { size: 10 }))).toEqual({ items: 1, label: 'a' });
    expect(typed(Object.assign(new Guarded(), { size: null }))).toEqual({ items: 1, size: null, label: 'a' });
    expect(dropped).toEqual({ field_invalid: 1 });
  });

  it('may be deeply frozen and gives the same payload each time', () => {
    const frozen = Object.freeze(Object.assign(new Guarded(), { items: Object.freeze([1, 2]) }));
    const { typed } = openDoor();
    expect(typed(frozen)).toEqual({ items: 2, size: 3, label: 'a' });
    expect(typed(frozen)).toEqual(typed(frozen));
  });

  it('shares nothing with its payload', () => {
    @event('lists')
    class Lists {
      @distribution(['a']) labels = ['a'];
      @plain(oneOf('a')) label = 'a' as const;
    }
    const lists = new Lists();
    const payload = openDoor().typed(lists);
    lists.labels.push('a');
    expect(payload).toEqual({ labels: { a: 1 }, label: 'a' });
  });

  it('behind a proxy that throws everywhere is dropped as a whole', () => {
    const { typed, dropped } = openDoor();
    expect(typed(hostileProxy('hunter2', new Guarded()))).toBeUndefined();
    expect(dropped).toEqual({ event_unserializable: 1 });
  });

  it.each<[string, () => unknown]>([
    ['ten thousand levels', () => nestedRecord(10_000)],
    ['ten megabytes of text', () => 'x'.repeat(1e7)],
    ['a circle', () => { const list: unknown[] = []; list.push(list); return list; }],
    ['a million members', () => new Array(1_000_000).fill('a')],
    ['an endless iterable', () => ({ *[Symbol.iterator]() { for (;;) yield 'a'; } })],
  ])('holding %s under every rule is reduced in bounded time and size', (_what, make) => {
    @event('loaded')
    class Loaded {
      @boolean() boolean: unknown;
      @count() count: object | undefined;
      @textCount({ withToolsOverPrivacy: 'redact' }) text: string | undefined;
      @aggregate() sum: number[] | undefined;
      @distribution(['a']) labels: string[] | undefined;
      @hash() hash: unknown;
      @plain(oneOf('a')) plain: 'a' | undefined;
      @forbidden() forbidden: unknown;
    }
    const value = make();
    const loaded = Object.assign(new Loaded(), { boolean: value, count: value, text: value, sum: value, labels: value, hash: value, plain: value, forbidden: value });
    const { result, elapsedMs } = timed(() => openDoor({ toolsOverPrivacy: true }).typed(loaded));
    expect(JSON.stringify(result).length).toBeLessThan(2_000);
    expect(elapsedMs).toBeLessThan(1_500);
  }); // biome-ignore format: one table

  it('marks a result that did not see every member', () => {
    @event('many')
    class Many {
      @aggregate() sum: number[] = new Array(100_001).fill(1);
    }
    expect(openDoor().typed(new Many())).toEqual({ sum: 100_000, $truncated: true });
    @event('labels')
    class Labels {
      @distribution(['a']) labels: string[] = new Array(100_001).fill('a');
    }
    expect(openDoor().typed(new Labels())).toEqual({ labels: { a: 100_000 }, $truncated: true });
  });
});

describe('the redacted text', () => {
  @event('asked')
  class Asked {
    @textCount({ withToolsOverPrivacy: 'redact', redactedAs: 'query' }) text = 'mail alice@example.org now';
    @textCount() answer = 'never';
  }

  it('leaves only with the second yes', () => {
    expect(openDoor().typed(new Asked())).toEqual({ text: 26, answer: 5 });
    expect(openDoor({ toolsOverPrivacy: true }).typed(new Asked())).toEqual({
      text: 26,
      query: 'mail <EMAIL> now',
      answer: 5,
    });
  });

  it('is redacted before it is cut, so that no half of a secret is left', () => {
    const text = `${'x '.repeat(495)}alice@example.org`;
    const payload = openDoor({ toolsOverPrivacy: true }).typed(Object.assign(new Asked(), { text }));
    expect(String(payload?.query)).toHaveLength(997);
    expect(payload?.query).not.toContain('alice');
  });

  it('is the beginning of a long text, cut after what is found was replaced', () => {
    const text = `${'word '.repeat(198)}ada@example.org ${'word '.repeat(100_000)}`;
    const payload = openDoor({ toolsOverPrivacy: true }).typed(Object.assign(new Asked(), { text }));
    const redacted = String(Object.values(payload ?? {}).find((value) => typeof value === 'string'));
    expect(redacted.length).toBeLessThanOrEqual(1_000);
    expect(redacted).toMatch(/^(word ){198}<EMAIL>( wo?)?/);
  });

  it.each([undefined, null, 7, ['hunter2']])('does not exist for %j', (text) => {
    const payload = openDoor({ toolsOverPrivacy: true }).typed(Object.assign(new Asked(), { text }));
    expect(payload).toEqual({ text: 0, answer: 5 });
  });
});

describe('serializeForTelemetry', () => {
  it('shows placeholders where hashes would be', () => {
    @event('previewed')
    class Previewed {
      @hash() user = 'alice';
      @hash() nobody: string | undefined;
    }
    expect(serializeForTelemetry(new Previewed())).toEqual({ user: 'blake3:<hash>', nobody: null });
  });

  it('refuses an object whose class declares nothing', () => {
    expect(() => serializeForTelemetry({ a: 1 })).toThrow(
      expect.objectContaining({ name: 'ConfigError', code: 'EVENT_UNDECLARED' }),
    );
  });
});

describe('invalidFields', () => {
  @event('checked')
  class Checked {
    @plain(number({ min: 0, max: 9 })) size: number | undefined = 3;
    @plain(oneOf('a')) label = 'a' as const;
    @count() items: number[] | undefined;
    @plain(oneOf('a'))
    get broken(): 'a' {
      throw new Error('hunter2');
    }
  }

  it('names fields, the rule and the type received, never the value', () => {
    const checked = Object.assign(new Checked(), { size: 'hunter2', label: 'hunter2' });
    expect(invalidFields(checked)).toEqual([
      { field: 'size', expected: 'a number from 0 to 9', receivedType: 'string' },
      { field: 'label', expected: 'one of a', receivedType: 'string' },
    ]);
  });

  it('finds nothing in nothing, nor in what has no rules', () => {
    expect(invalidFields(Object.assign(new Checked(), { size: undefined, label: null }))).toEqual([]);
    expect(invalidFields({ a: 1 })).toEqual([]);
  });
});
