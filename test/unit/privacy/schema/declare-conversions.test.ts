import { describe, expect, it } from 'vitest';
import {
  AnonymityConversion,
  bool,
  count,
  declareConversions,
  distribution,
  plain,
  serializeForTelemetry,
} from '../../../../src/privacy/index.js';
import { openDoor } from '../support.js';

const configError = (code: string) => expect.objectContaining({ name: 'ConfigError', code });

/** A class that belongs to somebody else; a new one for every test. */
function foreignClass() {
  return class Foreign {
    apiKey = 'sk-secret';
    user = 'alice';
    items = [1, 2];
    tags = ['a', 'b'];
    enabled = true;
    undeclared = 'hunter2';
  };
}

describe('declareConversions', () => {
  it('gives a class that cannot be decorated its rules and its event', () => {
    const Foreign = foreignClass();
    declareConversions(
      Foreign,
      {
        apiKey: AnonymityConversion.FORBIDDEN,
        user: AnonymityConversion.HASH,
        items: AnonymityConversion.COUNT,
        tags: distribution(['a']),
        enabled: plain(bool()),
      },
      { event: 'foreign' },
    );
    const { typed, dropped } = openDoor();
    expect(typed(new Foreign())).toEqual({
      user: expect.stringMatching(/^blake3:/),
      items: 2,
      tags: { a: 1, other: 1 },
      enabled: true,
    });
    expect(dropped).toEqual({ field_undeclared: 1 });
  });

  it.each<[string, object]>([
    ['source', { user: AnonymityConversion.TEXT_COUNT }],
    ['output', { account: AnonymityConversion.TEXT_COUNT }],
  ])('finds a field by its %s name', (_by, conversions) => {
    const Foreign = foreignClass();
    declareConversions(Foreign, conversions, { event: 'aliased', aliases: { user: 'account' } as object });
    expect(openDoor().typed(new Foreign())).toEqual({ account: 5 });
  });

  it('keeps a field forbidden under either name', () => {
    const Foreign = foreignClass();
    declareConversions(
      Foreign,
      { key: AnonymityConversion.FORBIDDEN },
      { event: 'open', undeclared: 'plain', aliases: { apiKey: 'key' } },
    );
    const payload = openDoor().typed(Object.assign(new Foreign(), { key: 'label' }));
    expect(payload).not.toHaveProperty('key');
    expect(payload).not.toHaveProperty('apiKey');
    expect(payload).toHaveProperty('enabled', true);
  });

  it('is not confused by fields named like members of every object', () => {
    class Odd {
      toString = 'text' as never;
    }
    declareConversions(Odd, { toString: AnonymityConversion.TEXT_COUNT } as object, { event: 'odd' });
    expect(openDoor().typed(new Odd())).toEqual({ toString: 4 });
  });

  it('adds to what was declared before', () => {
    const Foreign = foreignClass();
    declareConversions(Foreign, { items: 'count', gone: 'hash' } as object, { event: 'twice' });
    declareConversions(Foreign, { user: 'boolean', away: 'hash' } as object);
    const { typed, missing } = openDoor();
    expect(typed(new Foreign())).toMatchObject({ items: 2, user: true });
    expect(missing).toEqual(['twice.gone', 'twice.away']);
  });

  it('reports a rule on a field that objects do not have, once per class, and sends the rest', () => {
    const Foreign = foreignClass();
    declareConversions(Foreign, { items: 'count', pasword: 'forbidden' } as object, { event: 'mistyped' });
    const { typed, missing } = openDoor();
    expect(typed(new Foreign())).toEqual({ items: 2 });
    expect(typed(new Foreign())).toEqual({ items: 2 });
    expect(missing).toEqual(['mistyped.pasword']);
  });

  it('throws about such a rule where events are looked at by hand', () => {
    const Foreign = foreignClass();
    declareConversions(Foreign, { pasword: 'forbidden' } as object, { event: 'mistyped' });
    expect(() => serializeForTelemetry(new Foreign())).toThrow(configError('FIELD_UNKNOWN'));
  });

  it('takes a rule for a subclass that is stricter, and none that is weaker', () => {
    const Foreign = foreignClass();
    class Child extends Foreign {}
    declareConversions(Foreign, { user: 'hash', apiKey: 'forbidden' });
    expect(() => declareConversions(Child, { apiKey: 'hash' })).toThrow(configError('FIELD_WEAKENED'));
    expect(() => declareConversions(Child, { user: 'forbidden' })).not.toThrow();
  });

  it.each<[string, string, unknown, object, object?]>([
    ['no class', 'OPTION_INVALID', undefined, { user: 'hash' }],
    ['an object instead of a class', 'OPTION_INVALID', {}, { user: 'hash' }],
    ['an unknown conversion', 'OPTION_INVALID', class {}, { user: 'hsah' }],
    ['plain without a schema', 'PLAIN_UNBOUNDED', class {}, { user: 'plain' }],
    ['a name of PostHog', 'FIELD_UNSUPPORTED', class {}, { $ip: 'hash' }],
    ['an alias of PostHog', 'FIELD_UNSUPPORTED', class {}, { user: count() }, { aliases: { user: '$set' } }],
    ['both names of one field', 'FIELD_DUPLICATE', class {}, { user: 'hash', who: 'forbidden' }, { aliases: { user: 'who' } }],
    ['an event name with white space', 'EVENT_NAME_INVALID', class {}, {}, { event: 'two words' }],
    ['an event name of PostHog', 'EVENT_NAME_INVALID', class {}, {}, { event: '$identify' }],
    ['a handler that is none', 'OPTION_INVALID', class {}, {}, { event: 'a', handler: 'b' }],
    ['an unknown mode', 'OPTION_INVALID', class {}, {}, { event: 'a', undeclared: 'all' }],
  ])('refuses %s', (_what, code, schema, conversions, options) => {
    const declare = () => declareConversions(schema as typeof Object, conversions, options);
    expect(declare).toThrow(configError(code));
  }); // biome-ignore format: one table
});
