import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BUILT_IN_EVENTS,
  type CatalogueField,
  createCatalogue,
  defineEvent,
  SearchEvent,
  TelemetryEvent,
  toSearchEvent,
  withVariants,
} from '../../../../src/events/index.js';
import {
  aggregate,
  boolean,
  count,
  declareConversions,
  distribution,
  event,
  type FieldDeclaration,
  forbidden,
  HASH_PLACEHOLDER,
  hash,
  knownEventClasses,
  listOf,
  nested,
  number,
  oneOf,
  plain,
  presenceMap,
  textCount,
} from '../../../../src/privacy/index.js';
import { openDoor } from '../../privacy/support.js';

class Match {
  @plain(number({ min: 0, max: 1 })) score = 0.5;
  @textCount() line = '';
  @forbidden() path = '/home/alice';
  @nested(() => Match) inner: Match | undefined;
}

@event('code_search', { isPrefixed: true })
class CodeSearch extends TelemetryEvent {
  @plain(oneOf('UNDERSTAND', 'DEBUG')) intent: 'UNDERSTAND' | 'DEBUG' = 'DEBUG';
  @textCount({ withToolsOverPrivacy: 'redact' }) query = '';
  @hash({ identity: 'repository', as: 'repo' }) repository = '';
  @hash({ scope: 'session' }) file = '';
  @count() results: object[] = [];
  @distribution(['go', 'rust']) languages: string[] = [];
  @aggregate('p95', { decimals: 1 }) scores: number[] = [];
  @boolean() configPath: unknown;
  @presenceMap() settings: object | undefined;
  @nested(() => Match) matches: Match[] = [];
  @forbidden() apiKey = 'hunter2';
}

const [search] = createCatalogue('acme-tool', [CodeSearch]).events;
const fieldOf = (name: string) => search?.fields.find((field) => field.name === name);

describe('the catalogue of an event', () => {
  it('names it as it is sent', () => {
    expect(search?.name).toBe('acme_tool_code_search');
    expect(createCatalogue('acme', [defineEvent('started', {})]).events[0]?.name).toBe('started');
  });

  it.each<[string, Partial<CatalogueField>]>([
    [
      'intent',
      { conversion: 'plain', description: 'one of UNDERSTAND, DEBUG', labels: ['UNDERSTAND', 'DEBUG'] },
    ],
    ['query', { conversion: 'text_count', description: 'its length in characters', needs: undefined }],
    ['query_redacted', { conversion: 'redacted', needs: 'toolsOverPrivacy' }],
    [
      'repo',
      {
        conversion: 'hash',
        description:
          'a keyed hash, the same for equal values of this installation, in whatever field a repository stands',
        links: 'installation',
        example: HASH_PLACEHOLDER,
      },
    ],
    ['file', { description: 'a keyed hash, the same for equal values of one session', links: 'session' }],
    ['results', { conversion: 'count', description: 'how many there are', links: undefined }],
    [
      'languages',
      {
        description: 'how often each of go, rust occurs, and anything else as other',
        labels: ['go', 'rust'],
        example: { go: 2, rust: 1 },
      },
    ],
    ['scores', { description: 'the 95th percentile of its numbers, rounded to 1 decimal' }],
    ['configPath', { conversion: 'boolean', example: true }],
    ['settings', { conversion: 'presence_map' }],
  ])('says of %s what leaves', (name, expected) => {
    expect(fieldOf(name)).toMatchObject(expected);
  });

  it('describes what is inside a nested class, and comes to an end where that is inside itself', () => {
    const inside = fieldOf('matches')?.fields;
    expect(inside?.map(({ name }) => name)).toEqual(['score', 'line', 'inner']);
    expect(inside?.[2]).toMatchObject({ description: 'the same again, inside itself', fields: [] });
  });

  it('lists what never leaves, at every depth', () => {
    expect(search?.forbidden).toEqual(['matches.path', 'apiKey']);
    expect(JSON.stringify(search?.fields)).not.toContain('apiKey');
  });

  it('has an example without what needs a second yes', () => {
    expect(Object.keys(search?.example ?? {})).toEqual([
      'intent', 'query', 'repo', 'file', 'results', 'languages', 'scores', 'configPath', 'settings', 'matches',
    ]); // biome-ignore format: a list of words
    expect(search?.example.matches).toEqual({ score: 0.5, line: 24, inner: {} });
  });

  it('says whether undeclared fields leave', () => {
    expect(search?.undeclared).toBe('drop');
    const Open = defineEvent('open', {}, { undeclared: 'plain' });
    expect(createCatalogue('acme', [Open]).events[0]?.undeclared).toBe('plain');
  });
});

/** Every path that a payload has, through objects and lists of them. */
function pathsOf(value: unknown, path: readonly string[] = []): string[] {
  if (Array.isArray(value)) return value.flatMap((member) => pathsOf(member, path));
  if (typeof value !== 'object' || value === null) return [path.join('/')];
  return Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]));
}

const hasPath = (fields: readonly CatalogueField[], [first, ...rest]: readonly string[]): boolean =>
  fields.some(
    (field) =>
      field.name === first &&
      (rest.length === 0 || field.conversion !== 'nested' || hasPath(field.fields, rest)),
  );

describe('nothing leaves that the catalogue does not name', () => {
  it('of the example class, with everything in it and the second yes', () => {
    const payload = openDoor({ toolsOverPrivacy: true }).typed(
      Object.assign(new CodeSearch(), {
        matches: [Object.assign(new Match(), { line: 'x' })],
        settings: { theme: 'dark' },
        languages: ['go', 'elvish'],
        undeclared: 'hunter2',
      }),
    );
    for (const path of pathsOf(payload))
      expect([path, hasPath(search?.fields ?? [], path.split('/'))]).toEqual([path, true]);
    expect(Object.keys(payload ?? {}).sort()).toEqual(search?.fields.map(({ name }) => name).sort());
  });

  it('of a search, with scores or without', () => {
    const { events } = createCatalogue('acme-tool', withVariants([SearchEvent]));
    expect(events.map(({ name }) => name)).toEqual(['acme_tool_search']);
    const description = { query: 'x', strategies: [], executionTimeMs: 1 };
    for (const response of [{ matches: [{ score: 0.5, matchType: 'text' }], indexState: 'stale' }, {}]) {
      const payload = openDoor({ toolsOverPrivacy: true }).typed(toSearchEvent({ ...description, response }));
      for (const path of pathsOf(payload))
        expect([path, hasPath(events[0]?.fields ?? [], path.split('/'))]).toEqual([path, true]);
    }
  });
});

describe('a catalogue', () => {
  it('is one event for classes of one name, and forbids nothing that one of them lets leave', () => {
    const first = defineEvent('twice', { a: count(), b: forbidden(), c: forbidden() });
    const second = defineEvent('twice', { a: count(), b: count() }, { undeclared: 'plain' });
    const { events } = createCatalogue('acme', [first, second]);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ forbidden: ['c'], undeclared: 'plain', example: { a: 3, b: 3 } });
    expect(events[0]?.fields.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('leaves out what is no event', () => {
    expect(createCatalogue('acme', [Match, class {}, {}, Math.max]).events).toEqual([]);
  });

  it('says what every event says', () => {
    const { common } = createCatalogue('acme', []);
    expect(common.map(({ name }) => name)).toContain('os.type');
    expect(common.map(({ name }) => name)).toContain('ci');
  });

  it('is frozen, at every depth', () => {
    const catalogue = createCatalogue('acme', [CodeSearch]);
    expect(isDeeplyFrozen(catalogue)).toBe(true);
  });

  it('of Sotto’s own events are named once, also where two classes are one event', () => {
    expect(createCatalogue('acme', BUILT_IN_EVENTS).events.map(({ name }) => name)).toEqual([
      'acme_session',
      'acme_search',
      '$feature_flag_called',
      'acme.error',
      'acme.feature.used',
      'acme.cli.command',
      'acme.api.request',
      'acme.health',
      'acme.metric',
      'acme.performance.latency',
      'acme.operation',
      'acme.crash',
      'installation_start',
      'installation_step',
      'installation_complete',
    ]);
  });
});

const isDeeplyFrozen = (value: unknown): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (Object.isFrozen(value) && Object.values(value).every(isDeeplyFrozen));

describe('the version of a catalogue', () => {
  type Fields = Record<string, Pick<FieldDeclaration<never>, 'rule'>>;
  const versionOf = (...events: [name: string, fields: Fields, options?: object][]) =>
    createCatalogue(
      'acme',
      events.map(([name, fields, options]) => defineEvent(name, fields, options)),
    ).version;
  const base = versionOf(['e', { a: plain(oneOf('x', 'y')) }]);

  it('is a SHA-256', () => expect(base).toMatch(/^[0-9a-f]{64}$/));

  it.each<[string, string, string]>([
    ['the order of fields', versionOf(['e', { a: count(), b: boolean() }]), versionOf(['e', { b: boolean(), a: count() }])],
    ['the order of labels', base, versionOf(['e', { a: plain(oneOf('y', 'x')) }])],
    ['the order of a distribution’s labels', versionOf(['e', { a: distribution(['x', 'y']) }]), versionOf(['e', { a: distribution(['y', 'x']) }])],
    ['the order of events', versionOf(['e', {}], ['f', {}]), versionOf(['f', {}], ['e', {}])],
    ['an event named twice', base, versionOf(['e', { a: plain(oneOf('x', 'y')) }], ['e', { a: plain(oneOf('x', 'y')) }])],
    ['a field’s own name given again', versionOf(['e', { a: count() }]), versionOf(['e', { b: count({ as: 'a' }) }])],
    ['a hash’s own identity given again', versionOf(['e', { a: hash() }]), versionOf(['e', { a: hash({ identity: 'a' }) }])],
    ['a forbidden field that would not leave anyway', base, versionOf(['e', { a: plain(oneOf('x', 'y')), b: forbidden() }])],
  ])('does not differ by %s', (_what, one, other) => {
    expect(other).toBe(one);
  }); // biome-ignore format: one table

  class Inner {
    @count() a = [];
  }
  class OtherInner {
    @boolean() a = [];
  }

  it('differs by everything that decides what leaves', () => {
    const versions = [
      base,
      versionOf(['f', { a: plain(oneOf('x', 'y')) }]),
      versionOf(['e', { a: plain(oneOf('x', 'y')) }, { isPrefixed: true }]),
      versionOf(['e', { a: plain(oneOf('x', 'y')) }, { undeclared: 'plain' }]),
      versionOf(['e', { a: plain(oneOf('x', 'y')), b: forbidden() }, { undeclared: 'plain' }]),
      versionOf(['e', { b: plain(oneOf('x', 'y')) }]),
      versionOf(['e', { a: plain(oneOf('x', 'y')), b: count() }]),
      versionOf(['e', { a: plain(oneOf('x', 'y', 'z')) }]),
      versionOf(['e', { a: plain(oneOf('x', 'y').or('z')) }]),
      versionOf(['e', { a: plain(oneOf('x', 'y').or('other')) }]),
      versionOf(['e', { a: plain(listOf(oneOf('x', 'y'))) }]),
      versionOf(['e', { a: plain(oneOf(1)) }]),
      versionOf(['e', { a: plain(oneOf('1')) }]),
      versionOf(['e', { a: plain(number({ min: 0, max: 1 })) }]),
      versionOf(['e', { a: plain(number({ min: 0, max: 1, decimals: 1 })) }]),
      versionOf(['e', { a: aggregate('sum') }]),
      versionOf(['e', { a: aggregate('mean') }]),
      versionOf(['e', { a: textCount() }]),
      versionOf(['e', { a: textCount({ withToolsOverPrivacy: 'redact' }) }]),
      versionOf(['e', { a: textCount({ withToolsOverPrivacy: 'redact', redactedAs: 'b' }) }]),
      versionOf(['e', { a: hash() }]),
      versionOf(['e', { a: hash({ identity: 'b' }) }]),
      versionOf(['e', { a: hash({ scope: 'session' }) }]),
      versionOf(['e', { a: nested(() => Inner) }]),
      versionOf(['e', { a: nested(() => OtherInner) }]),
      versionOf(),
    ];
    expect(new Set(versions).size).toBe(versions.length);
  });

  it('differs by the app’s name only where that leaves', () => {
    const [own, prefixed] = [defineEvent('e', {}), defineEvent('e', {}, { isPrefixed: true })];
    expect(createCatalogue('a', [own]).version).toBe(createCatalogue('b', [own]).version);
    expect(createCatalogue('a', [prefixed]).version).not.toBe(createCatalogue('b', [prefixed]).version);
  });

  it('is the same for any order of classes', () => {
    const classes = [CodeSearch, ...BUILT_IN_EVENTS];
    const { version } = createCatalogue('acme', classes);
    fc.assert(
      fc.property(fc.shuffledSubarray(classes, { minLength: classes.length }), (shuffled) => {
        expect(createCatalogue('acme', shuffled).version).toBe(version);
      }),
      { numRuns: 10 },
    );
  });
});

describe('knownEventClasses', () => {
  it('has every class that was named, in whatever way, and none of Sotto’s own', () => {
    class ByHand {
      rows = [];
    }
    declareConversions(ByHand, { rows: count() }, { event: 'by_hand' });
    const Defined = defineEvent('defined', {});
    class Unnamed {
      rows = [];
    }
    declareConversions(Unnamed, { rows: count() });
    const known = knownEventClasses();
    expect(known).toEqual(expect.arrayContaining([CodeSearch, ByHand, Defined]));
    for (const other of [...BUILT_IN_EVENTS, Unnamed, Match]) expect(known).not.toContain(other);
  });

  it('has the class that another decorator put in place of the decorated one', () => {
    let replacement: unknown;
    const replace = <Class extends new () => object>(target: Class, _context: ClassDecoratorContext) => {
      replacement = class extends (target as new () => object) {};
      return replacement as Class;
    };
    @replace
    @event('replaced')
    class Replaced {
      @count() rows = [];
    }
    expect(Replaced).toBe(replacement);
    expect(knownEventClasses()).toContain(replacement);
    expect(createCatalogue('acme', [Replaced]).events[0]?.fields.map(({ name }) => name)).toEqual(['rows']);
  });
});
