import { describe, expect, it } from 'vitest';
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
  oneOf,
  type PayloadHandler,
  plain,
  textCount,
} from '../../../../src/privacy/index.js';
import { openDoor } from '../support.js';

const HASHED = expect.stringMatching(/^blake3:/);

class Inner {
  @plain(bool()) ok = true;
}

/** What leaves of one event when `handler` has the last word. */
function handled(handler: PayloadHandler, options: { readonly undeclared?: 'plain' } = {}) {
  @event('handled', { handler, ...options })
  class Handled {
    @plain(oneOf('a', 'b')) label = 'a' as const;
    @boolean() present = true;
    @count() items = [1, 2];
    @textCount({ withToolsOverPrivacy: 'redact' }) query = 'abc';
    @aggregate() sum = [1, 2];
    @distribution(['x', '__proto__']) labels = ['x'];
    @hash() user = 'alice';
    @nested(() => Inner) inner = new Inner();
    @forbidden() secret = 'hunter2';
  }
  const door = openDoor({ toolsOverPrivacy: true });
  return { payload: door.typed(new Handled()), dropped: door.dropped };
}

const UNHANDLED = {
  label: 'a',
  present: true,
  items: 2,
  query: 3,
  query_redacted: 'abc',
  sum: 3,
  labels: { x: 1 },
  user: HASHED,
  inner: { ok: true },
};

describe('a handler', () => {
  it('sees what would leave', () => {
    let seen: unknown;
    handled((payload) => {
      seen = payload;
      return payload;
    });
    expect(seen).toEqual(UNHANDLED);
  });

  it('may leave properties out, which is not counted as a refusal', () => {
    const { payload, dropped } = handled(({ label, items }) => ({ label, items }));
    expect(payload).toEqual({ label: 'a', items: 2 });
    expect(dropped).toEqual({});
  });

  it.each<[string, unknown]>([
    ['label', 'b'],
    ['present', false],
    ['items', 0],
    ['query', 10],
    ['sum', -2.5],
    ['labels', { x: 2, other: 1 }],
    ['user', null],
    ['inner', null],
    ['query_redacted', null],
  ])('may change %s to %j, which its rule could have produced', (name, value) => {
    const { payload, dropped } = handled((original) => ({ ...original, [name]: value }));
    expect(payload).toEqual({ ...UNHANDLED, [name]: value });
    expect(dropped).toEqual({});
  });

  it.each<[string, unknown]>([
    ['label', 'hunter2'],
    ['present', 'hunter2'],
    ['items', 1.5],
    ['items', -1],
    ['items', 'hunter2'],
    ['query', 'hunter2'],
    ['query_redacted', 'hunter2'],
    ['sum', 'hunter2'],
    ['sum', Number.NaN],
    ['labels', { hunter2: 1 }],
    ['labels', { x: 'hunter2' }],
    ['labels', 'hunter2'],
    ['user', 'hunter2'],
    ['user', 'blake3:00000000000000000000000000000000'],
    ['inner', { ok: false }],
    ['inner', { hunter2: 1 }],
    ['secret', 'hunter2'],
    ['added', 'hunter2'],
    ['$set', { a: 1 }],
    ['constructor', 'hunter2'],
    ['constructor', Object],
  ])('may not make %s %j', (name, value) => {
    const { payload, dropped } = handled((original) => ({ ...original, [name]: value }));
    const { [name as keyof typeof UNHANDLED]: _changed, ...rest } = UNHANDLED;
    expect(payload).toEqual(rest);
    expect(dropped).toEqual({ handler_refused: 1 });
  });

  it.each<[string, PayloadHandler]>([
    ['throws', () => { throw new Error('hunter2'); }],
    ['returns nothing', () => undefined as never],
    ['returns a text', () => 'hunter2' as never],
    // Left alone, the promise would end the process: vitest reports it as an unhandled rejection.
    ['is asynchronous and fails', () => Promise.reject(new Error('hunter2')) as never],
    ['returns an object that throws', () => ({ get label(): never { throw new Error('hunter2'); } })],
  ])('that %s changes nothing', (_what, handler) => {
    const { payload, dropped } = handled(handler);
    expect(payload).toEqual(UNHANDLED);
    expect(dropped).toEqual({ handler_failed: 1 });
  }); // biome-ignore format: one table

  it('cannot change the payload by changing what it was shown', () => {
    const { payload } = handled((original) => {
      (original.labels as Record<string, unknown>).hunter2 = 1;
      (original.inner as Record<string, unknown>).hunter2 = 1;
      throw new Error('after that');
    });
    expect(payload).toEqual(UNHANDLED);
  });

  it('cannot smuggle anything into the payload that shows itself later', () => {
    const counts = Object.create({ toJSON: () => 'hunter2' }) as Record<string, number>;
    counts.x = 2;
    const { payload } = handled((original) => ({ ...original, labels: counts }));
    counts.x = 1e9;
    expect(JSON.parse(JSON.stringify(payload)).labels).toEqual({ x: 2 });
  });

  it('keeps a label that is the name of the prototype a plain key', () => {
    const labels = JSON.parse('{"__proto__": 2}');
    const { payload } = handled((original) => ({ ...original, labels }));
    expect(JSON.stringify(payload?.labels)).toBe('{"__proto__":2}');
  });

  it('of a nested class has its say there too', () => {
    @event('inner', { handler: () => ({}) })
    class Silent {
      @count() items = [1];
    }
    @event('outer')
    class Outer {
      @nested(() => Silent) silent = new Silent();
    }
    expect(openDoor().typed(new Outer())).toEqual({ silent: {} });
    expect(openDoor().untyped({ silent: new Silent() })).toEqual({ silent: {} });
  });
});
