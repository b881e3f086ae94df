import { describe, expect, it, vi } from 'vitest';
import { declareFieldsLate, declareLate } from '../../../src/events/declare-late.js';
import { TelemetryEvent } from '../../../src/events/index.js';
import {
  count,
  forbidden,
  hash,
  integer,
  modelOfSchema,
  nested,
  plain,
  textCount,
} from '../../../src/privacy/index.js';
import { openDoor } from '../privacy/support.js';

function declareLater() {
  class Later extends TelemetryEvent {
    items: readonly string[] = [];
    size = 1;
  }
  const fields = vi.fn(() => ({ items: count(), size: plain(integer({ min: 0, max: 9 })) }));
  declareLate(Later, 'later', fields);
  return { Later, fields };
}

describe('an event that is declared late', () => {
  it('has no rules before somebody looks, and the same ones from then on', () => {
    const { Later, fields } = declareLater();
    new Later();
    expect(fields).not.toHaveBeenCalled();
    const door = openDoor();
    expect(door.typed(Object.assign(new Later(), { items: ['a', 'b'], size: 3 }))).toEqual({
      items: 2,
      size: 3,
    });
    expect(door.typed(new Later())).toEqual({ items: 0, size: 1 });
    expect(fields).toHaveBeenCalledTimes(1);
  });

  it('hands its rules on to a subclass, whichever is looked at first', () => {
    const { Later, fields } = declareLater();
    class Stricter extends Later {}
    declareLate(Stricter, 'stricter', () => ({ items: forbidden() }));
    expect(openDoor().typed(new Stricter())).toEqual({ size: 1 });
    expect(openDoor().typed(new Later())).toEqual({ items: 0, size: 1 });
    expect(modelOfSchema(Stricter)?.event?.name).toBe('stricter');
    expect(modelOfSchema(Later)?.event?.name).toBe('later');
    expect(fields).toHaveBeenCalledTimes(1);
  });

  it('cannot be weakened by a subclass either', () => {
    const { Later } = declareLater();
    class Weaker extends Later {}
    declareLate(Weaker, 'weaker', () => ({ size: plain(integer({ min: 0, max: 99 })) }));
    expect(() => modelOfSchema(Weaker)).toThrow(expect.objectContaining({ code: 'FIELD_WEAKENED' }));
  });

  it('compiles only with decisions that fit its fields', () => {
    const { Later } = declareLater();
    // @ts-expect-error: the length of a text is no decision about a number
    declareLate(Later, 'later', () => ({ size: textCount() }));
    // @ts-expect-error: not a field
    declareLate(Later, 'later', () => ({ siez: count() }));
  });
});

describe('a schema class that is declared late', () => {
  it('applies its rules inside another, and is no event', () => {
    class Inner {
      name = 'a name';
      secret = 'not declared';
    }
    const fields = vi.fn(() => ({ name: textCount() }));
    declareFieldsLate(Inner, fields);
    class Outer extends TelemetryEvent {
      inner = new Inner();
    }
    declareLate(Outer, 'outer', () => ({ inner: nested(() => Inner) }));
    expect(fields).not.toHaveBeenCalled();
    expect(openDoor().typed(new Outer())).toEqual({ inner: { name: 6 } });
    expect(modelOfSchema(Inner)?.event).toBeUndefined();
    expect(fields).toHaveBeenCalledTimes(1);
  });

  it('hands its rules on to a decorated subclass, which cannot weaken them', () => {
    class Parent {
      text: string | undefined = 'a text';
    }
    declareFieldsLate(Parent, () => ({ text: textCount() }));
    expect(() => {
      class Weaker extends Parent {
        @hash() override text: string | undefined = undefined;
      }
      return Weaker;
    }).toThrow(expect.objectContaining({ code: 'FIELD_WEAKENED' }));
    class Stricter extends Parent {
      @forbidden() override text: string | undefined = 'a text';
    }
    expect(modelOfSchema(Stricter)?.sources.get('text')?.conversion).toBe('forbidden');
    expect(modelOfSchema(Parent)?.sources.get('text')?.conversion).toBe('text_count');
  });
});
