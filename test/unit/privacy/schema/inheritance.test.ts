import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  aggregate,
  boolean,
  count,
  declareConversions,
  declareField,
  distribution,
  event,
  type FieldDeclaration,
  forbidden,
  hash,
  integer,
  modelOf,
  nested,
  number,
  oneOf,
  ownMetadataOf,
  plain,
  presenceMap,
  textCount,
} from '../../../../src/privacy/index.js';
import { openDoor } from '../support.js';

@event('base')
class Base {
  @hash() user = 'alice';
  @count() items: unknown[] = [1, 2];
  @forbidden() password = 'hunter2';
}

describe('a subclass', () => {
  it('inherits every rule and the event without a decorator of its own', () => {
    class Undecorated extends Base {
      extra = 'hunter2';
    }
    const { typed, dropped } = openDoor();
    expect(typed(new Undecorated())).toEqual({ user: expect.stringMatching(/^blake3:/), items: 2 });
    expect(dropped).toEqual({ field_undeclared: 1 });
  });

  it('adds its fields without changing its parent or its siblings', () => {
    @event('left')
    class Left extends Base {
      @boolean() onlyLeft = true;
      @forbidden() override user = 'alice';
    }
    @event('right')
    class Right extends Base {
      @boolean() onlyRight = true;
    }
    const { typed } = openDoor();
    expect(Object.keys(typed(new Left()) ?? {})).toEqual(['items', 'onlyLeft']);
    expect(Object.keys(typed(new Right()) ?? {})).toEqual(['user', 'items', 'onlyRight']);
    expect(Object.keys(typed(new Base()) ?? {})).toEqual(['user', 'items']);
  });

  it('keeps the name a field leaves under, and the identity of its hash', () => {
    @event('parent')
    class Parent {
      @hash({ as: 'repo', identity: 'repository' }) repository = 'acme';
    }
    @event('child')
    class Child extends Parent {
      @hash({ scope: 'session' }) override repository = 'acme';
    }
    @event('other')
    class Other {
      @hash({ scope: 'session', identity: 'repository' }) anything = 'acme';
    }
    const { typed } = openDoor();
    expect(typed(new Child())).toEqual({ repo: typed(new Other())?.anything });
  });

  it('keeps its parent’s stricter rule when that is declared after the subclass', () => {
    class Late {
      secret = 'hunter2';
    }
    @event('late_child')
    class LateChild extends Late {
      @hash() override secret = 'hunter2';
    }
    expect(modelOf(new LateChild())?.fields).toHaveLength(1);
    declareConversions(Late, { secret: 'forbidden' });
    expect(openDoor().typed(new LateChild())).toEqual({});
  });

  it('follows rules that its parent is given after its first instance was seen', () => {
    class Late {
      secret = 'hunter2';
      open = 'label';
    }
    class LateChild extends Late {}
    expect(openDoor().untyped({ late: new LateChild() })).toEqual({});
    declareConversions(Late, { secret: 'forbidden', open: 'text_count' });
    expect(openDoor().untyped({ late: new LateChild() })).toEqual({ late: { open: 5 } });
  });

  it('stays inside a refinement of its parent’s schema that no bounds can show', () => {
    @event('even')
    class Even {
      @plain(z.number().min(0).max(100).refine((n) => n % 2 === 0)) size = 4;
    } // biome-ignore format: one line
    @event('any')
    class Any extends Even {
      @plain(z.number().min(0).max(50)) override size = 4;
    }
    const { typed } = openDoor();
    expect(typed(new Any())).toEqual({ size: 4 });
    expect(typed(Object.assign(new Any(), { size: 5 }))).toEqual({});
    expect(typed(Object.assign(new Any(), { size: 98 }))).toEqual({});
  });

  it('may nest itself where its parent nests the parent', () => {
    class Node {
      @nested(() => Node) next: Node | undefined;
      @count() items = [1];
    }
    class Leaf extends Node {
      @nested(() => Leaf) override next: Leaf | undefined = undefined;
      @boolean() override items = [1];
    }
    expect(openDoor().untyped({ leaf: Object.assign(new Leaf(), { next: new Leaf() }) })).toEqual({
      leaf: { next: { items: true }, items: true },
    });
  });
});

class Small {
  @count() a = [];
}
class Smaller extends Small {}
class Unrelated {
  @count() a = [];
}

type Declaration = Pick<FieldDeclaration<never>, 'rule'>;
type Pair = [string, Declaration, Declaration];

const narrowings: Pair[] = [
  ['plain as forbidden', plain(oneOf('a')), forbidden()],
  ['plain as a hash', plain(oneOf('a')), hash()],
  ['plain as a text count', plain(oneOf('a')), textCount()],
  ['plain as fewer labels', plain(oneOf('a', 'b')), plain(oneOf('a'))],
  ['plain as narrower bounds', plain(number({ min: 0, max: 9 })), plain(integer({ min: 1, max: 2 }))],
  ['a zod enum as fewer labels', plain(z.enum(['a', 'b'])), plain(z.enum(['a']))],
  ['a hash as forbidden', hash(), forbidden()],
  ['a hash as a boolean', hash(), boolean()],
  ['a hash as one of the session', hash(), hash({ scope: 'session' })],
  ['a distribution as fewer labels', distribution(['a', 'b']), distribution(['a'])],
  ['a distribution as a count', distribution(['a']), count()],
  ['a presence map as a count', presenceMap(), count()],
  ['a count as a boolean', count(), boolean()],
  ['a count as itself', count(), count()],
  ['a redacted text as its length', textCount({ withToolsOverPrivacy: 'redact' }), textCount()],
  ['an aggregate as fewer decimals', aggregate('mean'), aggregate('mean', { decimals: 1 })],
  ['an aggregate as forbidden', aggregate(), forbidden()],
  ['a nested class as its subclass', nested(() => Small), nested(() => Smaller)],
  ['a nested class as its number', nested(() => Small), count()],
  ['forbidden as forbidden', forbidden(), forbidden()],
]; // biome-ignore format: one table

const weakenings: Pair[] = [
  ['forbidden as a boolean', forbidden(), boolean()],
  ['forbidden as a hash', forbidden(), hash()],
  ['forbidden as plain', forbidden(), plain(oneOf('a'))],
  ['a boolean as a count', boolean(), count()],
  ['a hash as plain', hash(), plain(oneOf('a'))],
  ['a hash as an aggregate, which shows the number', hash(), aggregate()],
  ['a hash as a distribution, which shows the label', hash(), distribution(['alice'])],
  ['a hash as a length', hash(), textCount()],
  ['a hash as one of another identity', hash({ identity: 'user' }), hash({ identity: 'repository' })],
  ['a hash of the session as a lasting one', hash({ scope: 'session' }), hash()],
  ['plain as more labels', plain(oneOf('a')), plain(oneOf('a', 'b'))],
  ['plain as wider bounds', plain(number({ min: 0, max: 1 })), plain(number({ min: 0, max: 2 }))],
  ['a distribution as more labels', distribution(['a']), distribution(['a', 'b'])],
  ['a length as the redacted text', textCount(), textCount({ withToolsOverPrivacy: 'redact' })],
  ['an aggregate as another', aggregate('mean'), aggregate('max')],
  ['an aggregate as more decimals', aggregate('mean', { decimals: 1 }), aggregate('mean')],
  ['a count as a length', count(), textCount()],
  ['a presence map as a distribution', presenceMap(), distribution(['a'])],
  ['a nested class as an unrelated one', nested(() => Small), nested(() => Unrelated)],
  ['a nested subclass as its parent', nested(() => Smaller), nested(() => Small)],
  ['a count as a nested class', count(), nested(() => Small)],
]; // biome-ignore format: one table

describe('redeclaring a field', () => {
  function redeclare(parent: Declaration, child: Declaration): () => void {
    class Parent {}
    class Child extends Parent {}
    declareField(ownMetadataOf(Parent), { source: 'field', rule: parent.rule });
    return () => declareField(ownMetadataOf(Child), { source: 'field', rule: child.rule });
  }

  it.each(narrowings)('allows %s', (_what, parent, child) => {
    expect(redeclare(parent, child)).not.toThrow();
  });

  it.each(weakenings)('refuses %s', (_what, parent, child) => {
    expect(redeclare(parent, child)).toThrow(
      expect.objectContaining({
        name: 'ConfigError',
        code: 'FIELD_WEAKENED',
        message: expect.stringContaining('`field`'),
      }),
    );
  });

  it('refuses a new field under the name of an inherited one', () => {
    class Child extends Base {}
    const declare = () =>
      declareField(ownMetadataOf(Child), { source: 'leak', rule: hash({ as: 'password' }).rule });
    expect(declare).toThrow(expect.objectContaining({ code: 'FIELD_DUPLICATE' }));
  });
});

describe('redeclaring an event', () => {
  const drop = (payload: Record<string, unknown>, name: string) => {
    const { [name]: _dropped, ...rest } = payload;
    return rest;
  };

  it('refuses to let fields pass that the parent class drops', () => {
    expect(() => {
      @event('open', { undeclared: 'plain' })
      class Open extends Base {}
      return Open;
    }).toThrow(expect.objectContaining({ code: 'FIELD_WEAKENED' }));
  });

  it('keeps the parent’s handler in force, before its own', () => {
    const seen: string[][] = [];
    @event('handled', { handler: (payload) => drop(payload, 'user') })
    class Handled extends Base {}
    @event('handled_child', {
      handler: (payload) => {
        seen.push(Object.keys(payload));
        return drop(payload, 'items');
      },
    })
    class HandledChild extends Handled {}
    @event('handled_grandchild')
    class HandledGrandchild extends HandledChild {}
    expect(openDoor().typed(new HandledGrandchild())).toEqual({});
    expect(openDoor().typed(new Handled())).toEqual({ items: 2 });
    expect(seen).toEqual([['items']]);
  });
});
