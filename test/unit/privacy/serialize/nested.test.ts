import { describe, expect, it } from 'vitest';
import {
  boolean,
  count,
  declareConversions,
  event,
  forbidden,
  hash,
  nested,
  oneOf,
  plain,
  textCount,
} from '../../../../src/privacy/index.js';
import { hostileProxy, openDoor, timed } from '../support.js';

class Secret {
  @forbidden() value = 'hunter2';
  @textCount() label = 'abc';
}

class Match {
  @forbidden() path = '/home/alice/hunter2';
  @hash() name = 'hunter2';
  @count() lines = [1, 2];
  @nested(() => Secret) secrets: readonly Secret[] = [new Secret()];
  undeclared = 'hunter2';
}

const REDUCED = {
  name: expect.stringMatching(/^blake3:/),
  lines: 2,
  secrets: [{ label: 3 }],
};

@event('holder')
class Holder {
  @nested(() => Match) one: Match | undefined;
  @boolean() boolean: unknown = 'x';
}

function reduce(one: unknown) {
  const door = openDoor();
  return { payload: door.typed(Object.assign(new Holder(), { one }))?.one, dropped: door.dropped };
}

describe('a nested model', () => {
  it.each<[string, () => unknown, unknown]>([
    ['one instance', () => new Match(), REDUCED],
    ['an array', () => [new Match(), new Match()], [REDUCED, REDUCED]],
    ['a set', () => new Set([new Match()]), [REDUCED]],
    ['a map, without its keys', () => new Map([['hunter2', new Match()]]), [REDUCED]],
    ['an iterable', () => ({ *[Symbol.iterator]() { yield new Match(); } }), [REDUCED]],
    ['a plain object of the same shape', () => ({ ...new Match() }), REDUCED],
    ['nothing', () => undefined, undefined],
    ['null', () => null, null],
    ['an empty array', () => [], []],
  ])('applies its own rules at every depth in %s', (_what, make, expected) => {
    const { payload } = reduce(make());
    expect(payload).toEqual(expected);
    expect(JSON.stringify(payload) ?? '').not.toContain('hunter2');
  }); // biome-ignore format: one table

  it.each<[string, unknown]>([
    ['a text', 'hunter2'],
    ['a number', 42],
    ['an array in an array', [['hunter2']]],
    ['texts in an array', ['hunter2']],
    ['a function', () => 'hunter2'],
  ])('drops %s, which is no model', (_what, value) => {
    const { payload, dropped } = reduce(value);
    expect(JSON.stringify(payload) ?? '').not.toContain('hunter2');
    expect(dropped).toEqual({ field_invalid: 1 });
  });

  it('counts what it does not declare', () => {
    expect(reduce([new Match(), new Match()]).dropped).toEqual({ field_undeclared: 2 });
  });

  it('loses only the member that throws on being looked at', () => {
    const { payload, dropped } = reduce([hostileProxy('hunter2'), new Match()]);
    expect(payload).toEqual([REDUCED]);
    expect(dropped).toMatchObject({ field_unreadable: 1 });
  });

  it('never asks for toJSON', () => {
    const { payload } = reduce(Object.assign(new Match(), { toJSON: () => 'hunter2' }));
    expect(JSON.stringify(payload)).not.toContain('hunter2');
  });

  it('gives way to a rule of the field that holds it', () => {
    @event('overriding')
    class Overriding {
      @count() counted = [new Match(), new Match()];
      @hash() hashed = new Match();
      @boolean() present = new Match();
      @forbidden() gone = new Match();
    }
    expect(openDoor().typed(new Overriding())).toEqual({
      counted: 2,
      hashed: expect.stringMatching(/^blake3:[0-9a-f]{32}$/),
      present: true,
    });
  });

  it('of a class that declares nothing leaves nothing', () => {
    class Nothing {
      secret = 'hunter2';
    }
    @event('misused')
    class Misused {
      @nested(() => Nothing) inner = new Nothing();
    }
    const { typed, dropped } = openDoor();
    expect(typed(new Misused())).toEqual({});
    expect(dropped).toEqual({ field_undeclared: 1 });
  });
});

describe('an instance of a subclass', () => {
  class Stricter extends Match {
    @forbidden() override name = 'hunter2';
    @plain(oneOf('hunter2')) extra = 'hunter2' as const;
  }
  class Renaming extends Match {
    @hash({ as: 'renamed' }) override name = 'hunter2';
    @plain(oneOf('hunter2'), { as: 'name' }) sneaked = 'hunter2' as const;
  }

  it('may be stricter than the class its field was declared with', () => {
    expect(reduce(new Stricter()).payload).toEqual({ lines: 2, secrets: [{ label: 3 }] });
  });

  it('cannot put another field in the place of one that the declared class reduces', () => {
    const { payload } = reduce(new Renaming());
    expect(payload).toEqual({ lines: 2, secrets: [{ label: 3 }] });
  });

  it('of another class is read by the rules of the declared one', () => {
    class Other {
      @plain(oneOf('hunter2')) name = 'hunter2' as const;
    }
    expect(reduce(new Other()).payload).toMatchObject({ name: expect.stringMatching(/^blake3:/) });
  });
});

describe('a subclass in the place of a class', () => {
  class Size {
    @count() rows: unknown[] = [1, 2];
  }
  class LargeSize extends Size {
    @textCount() comment = 'abc';
  }
  class Declared {
    @plain(oneOf('a', 'b')) kind: 'a' | 'b' = 'a';
    @textCount({ withToolsOverPrivacy: 'redact' }) query = 'which?';
    @nested(() => Size) size: Size = new Size();
  }
  @event('declared.held')
  class Outer {
    @nested(() => Declared) one: Declared | undefined;
  }
  const said = (one: Declared) =>
    openDoor({ toolsOverPrivacy: true }).typed(Object.assign(new Outer(), { one }))?.one;

  it('may say less', () => {
    class Shy extends Declared {
      @forbidden() override kind = 'a' as const;
      @textCount() override query = 'which?';
    }
    expect(said(new Declared())).toEqual({
      kind: 'a',
      query: 6,
      query_redacted: 'which?',
      size: { rows: 2 },
    });
    expect(said(new Shy())).toEqual({ query: 6, size: { rows: 2 } });
  });

  it('says nothing under another name, which nobody was told of', () => {
    class Renamed extends Declared {
      @plain(oneOf('a'), { as: 'other' }) override kind = 'a' as const;
      @textCount({ withToolsOverPrivacy: 'redact', redactedAs: 'text' }) override query = 'which?';
    }
    expect(said(new Renamed())).toEqual({ size: { rows: 2 } });
  });

  it.each([
    ['a hash', hash()],
    ['a length', textCount()],
    ['a number of members', count()],
  ])('says %s of no field whose closed list lets nothing else pass', (_what, declaration) => {
    class Other extends Declared {}
    declareConversions(Other, { kind: declaration as never });
    expect(said(Object.assign(new Other(), { kind: ['anything'] as never }))).not.toHaveProperty('kind');
  });

  it('says nothing of a class with more fields than the one that was declared', () => {
    class Larger extends Declared {
      @nested(() => LargeSize) override size: LargeSize = new LargeSize();
    }
    expect(said(new Larger())).not.toHaveProperty('size');
  });
});

describe('a cycle of models', () => {
  class Node {
    @nested(() => Node) left: Node | undefined;
    @nested(() => Node) right: Node | undefined;
    @nested(() => Node) all: Node[] = [];
    @count() items = [1];
  }

  it('is cut where it closes, marked and counted', () => {
    const parent = new Node();
    const child = Object.assign(new Node(), { left: parent });
    const { untyped, dropped } = openDoor();
    expect(untyped({ tree: Object.assign(parent, { right: child }) })).toEqual({
      tree: { right: { all: [], items: 1 }, all: [], items: 1 },
      $truncated: true,
    });
    expect(dropped).toEqual({ value_truncated: 1 });
  });

  it('of many paths takes bounded time', () => {
    const nodes = Array.from({ length: 40 }, () => new Node());
    for (const [index, node] of nodes.entries()) {
      Object.assign(node, { left: nodes[(index + 1) % 40], right: nodes[(index + 7) % 40], all: nodes });
    }
    const { result, elapsedMs } = timed(() => openDoor().untyped({ tree: nodes[0] }));
    expect(result).toMatchObject({ $truncated: true });
    expect(JSON.stringify(result).length).toBeLessThan(1_000_000);
    expect(elapsedMs).toBeLessThan(1_000);
  });
});
