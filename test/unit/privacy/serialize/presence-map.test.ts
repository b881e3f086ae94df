import { describe, expect, it } from 'vitest';
import { event, presenceMap } from '../../../../src/privacy/index.js';
import { openDoor } from '../support.js';

@event('settings')
class Settings {
  @presenceMap() settings: object | undefined;
}

function reduce(settings: unknown) {
  const door = openDoor();
  const payload = door.typed(Object.assign(new Settings(), { settings }));
  return { payload, dropped: door.dropped };
}

describe('a presence map', () => {
  it.each<[string, unknown, unknown]>([
    ['a record', { theme: 'dark', proxy: '', depth: 0, list: [1] }, { theme: true, proxy: false, depth: false, list: true }],
    ['a map', new Map([['theme', 'dark']]), { theme: true }],
    ['nothing in it', {}, {}],
    ['keys that are content', { '/home/alice': 1, 'two words': 1, 'alice@example.org': 1, __proto__: null, ok: 1 }, { ok: true }],
  ])('says of %s which names hold something', (_what, settings, expected) => {
    expect(reduce(settings).payload).toEqual({ settings: expected });
  }); // biome-ignore format: one table

  it.each([undefined, null, 'hunter2', ['hunter2'], new Set(['hunter2'])])(
    'leaves nothing of %o',
    (settings) => {
      expect(reduce(settings).payload).toEqual({});
    },
  );

  it('loses only the name whose getter throws', () => {
    const settings = {
      get broken(): never {
        throw new Error('hunter2');
      },
      fine: 1,
    };
    expect(reduce(settings)).toEqual({
      payload: { settings: { fine: true } },
      dropped: { field_unreadable: 1 },
    });
  });

  it('names at most a hundred and says so', () => {
    const many = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`setting${index}`, 1]));
    const { payload, dropped } = reduce(many);
    expect(Object.keys(payload?.settings as object)).toHaveLength(100);
    expect(payload).toHaveProperty('$truncated', true);
    expect(dropped).toEqual({ value_truncated: 1 });
  });
});
