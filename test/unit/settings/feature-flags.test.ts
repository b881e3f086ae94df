import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFlagsFile } from '../../../src/settings/index.js';
import { createDirectory, giveAway, withoutSpecialRights } from '../../support/directories.js';
import { placeAt } from './support.js';

const OFF = {
  enable_observability: false,
  enable_privacy_telemetry: false,
  enable_crash_uploader: false,
};

const ALL_ON = { enable_observability: true, enable_privacy_telemetry: true, enable_crash_uploader: true };

/** The place of a new file. */
function write(content: string | Uint8Array, name = 'acme.json') {
  const path = join(createDirectory(), name);
  writeFileSync(path, content);
  return placeAt('app', path);
}

const readAll = (content: string | Uint8Array, name?: string) => readFlagsFile([write(content, name)]);
const readJson = (content: unknown) => readAll(JSON.stringify(content));

describe('the flags that count', () => {
  const WRITTEN = [true, false, undefined, 'true', 1, null];
  const table = WRITTEN.flatMap((umbrella) =>
    WRITTEN.flatMap((alias) => WRITTEN.map((crash) => [umbrella, alias, crash] as const)),
  );

  it.each(table)('umbrella %j, alias %j, crash flag %j', (umbrella, alias, crash) => {
    const features = {
      enable_observability: umbrella,
      enable_privacy_telemetry: alias,
      enable_crash_uploader: crash,
    };
    const isOn = umbrella === undefined ? alias === true : umbrella === true;
    expect(readJson({ features })).toMatchObject({
      status: 'read',
      flags: {
        enable_observability: isOn,
        enable_privacy_telemetry: isOn,
        enable_crash_uploader: crash === true,
      },
    });
  });

  it.each([
    ['a block', '[features]\nenable_observability = true\nenable_crash_uploader = false', [true, false]],
    ['dots', 'features.enable_privacy_telemetry = true', [true, false]],
    ['one line', 'features = { enable_observability = true, enable_crash_uploader = true }', [true, true]],
    ['quotes', '[features]\nenable_observability = "true"', [false, false]],
    ['a number', '[features]\nenable_crash_uploader = 1', [false, false]],
    ['a date', 'features = 2026-01-02', [false, false]],
    ['blocks in a list', '[[features]]\nenable_observability = true', [false, false]],
  ])('are the same in TOML, written with %s', (_how, text, [umbrella, crash]) => {
    expect(readAll(text, 'acme.toml')).toMatchObject({
      status: 'read',
      flags: { enable_observability: umbrella, enable_crash_uploader: crash },
    });
  });

  it.each([
    {},
    { features: null },
    { features: true },
    { features: 'enable_observability' },
    { features: ['enable_observability'] },
    { features: [{ enable_observability: true }] },
    { Features: { enable_observability: true } },
    { features: { enableObservability: true, ENABLE_OBSERVABILITY: true } },
    { enable_observability: true, 'features.enable_observability': true },
    { telemetry: { features: { enable_observability: true } } },
  ])('are off in %j, which can be read', (content) => {
    expect(readJson(content)).toMatchObject({ status: 'read', flags: OFF });
  });

  it('stand beside others, which are the business of the app', () => {
    const features = { enable_bridge: 'maybe', enable_observability: true };
    expect(readJson({ features, server: { port: 8001 } })?.flags.enable_observability).toBe(true);
  });
});

describe('the file', () => {
  it('is the one of the app', () => {
    const on = '{"features":{"enable_observability":true}}';
    const others = (['project', 'user', 'machine', 'marker'] as const).map((kind) => ({
      ...write(on),
      kind,
    }));
    expect(readFlagsFile(others)).toBeUndefined();
    expect(readFlagsFile([])).toBeUndefined();
    const own = write(on);
    expect(readFlagsFile([...others, own])).toMatchObject({
      path: own.path,
      shown: own.shown,
      status: 'read',
    });
  });

  it('may be absent, and is not made', () => {
    const directory = createDirectory();
    const place = placeAt('app', join(directory, 'acme', 'acme.json'));
    expect(readFlagsFile([place])).toEqual({
      path: place.path,
      shown: place.shown,
      status: 'absent',
      flags: OFF,
    });
    expect(readdirSync(directory)).toEqual([]);
  });

  it.each([
    ['nothing', ''],
    ['half of it', '{"features":{"enable_observability":true}'],
    ['a list', '[{"features":{"enable_observability":true}}]'],
    ['a word', 'true'],
    ['a comment', '{"features":{"enable_observability":true}} // ours'],
    ['more than 64 KB', `{"features":{"enable_observability":true}}${' '.repeat(65_536)}`],
    ['bytes', new Uint8Array([0, 255, 254, 1])],
    ['a flag twice', '{"features":{"enable_observability":false,"enable_observability":true}}'],
    [
      'a flag twice, once disguised',
      '{"features":{"enable_observability":false,"\\u0065nable_observability":true}}',
    ],
    ['the alias twice', '{"features":{"enable_privacy_telemetry":false,"enable_privacy_telemetry":true}}'],
    [
      'the crash flag twice',
      '{"features":{"enable_observability":true,"enable_crash_uploader":false,"enable_crash_uploader":true}}',
    ],
    [
      'the block twice',
      '{"features":{"enable_observability":false},"features":{"enable_observability":true}}',
    ],
  ])('is unreadable, and its flags are off, when it holds %s', (_what, content) => {
    expect(readAll(content)).toMatchObject({ status: 'unreadable', flags: OFF });
  });

  it('is unreadable as TOML that says a flag twice', () => {
    const text = '[features]\nenable_observability = false\nenable_observability = true';
    expect(readAll(text, 'acme.toml')).toMatchObject({ status: 'unreadable', flags: OFF });
  });

  it('may be a link to the file, and is unreadable as a folder', () => {
    const { path } = write('{"features":{"enable_observability":true}}');
    const directory = createDirectory();
    const link = join(directory, 'acme.json');
    symlinkSync(path, link);
    expect(readFlagsFile([placeAt('app', link)])?.flags.enable_observability).toBe(true);
    mkdirSync(join(directory, 'folder.json'));
    expect(readFlagsFile([placeAt('app', join(directory, 'folder.json'))])?.status).toBe('unreadable');
  });

  it.skipIf(process.platform === 'win32')('is unreadable where nobody may read it, or look for it', () => {
    const directory = join(createDirectory(), 'closed');
    mkdirSync(directory);
    const place = placeAt('app', join(directory, 'acme.json'));
    writeFileSync(place.path, '{"features":{"enable_observability":true}}');
    giveAway(join(directory, '..'));
    giveAway(directory);
    for (const [path, mode] of [
      [place.path, 0o000],
      [directory, 0o000],
    ] as const) {
      chmodSync(path, mode);
      expect(withoutSpecialRights(() => readFlagsFile([place]))).toMatchObject({
        status: 'unreadable',
        flags: OFF,
      });
    }
    chmodSync(directory, 0o700);
  });

  it('may be UTF-8 with a mark, or the UTF-16 of a Windows shell', () => {
    const text = '\uFEFF{"features":{"enable_observability":true}}';
    for (const encoding of ['utf8', 'utf16le'] as const)
      expect(readAll(Buffer.from(text, encoding))?.flags.enable_observability).toBe(true);
  });
});

describe('hostile content', () => {
  it.each([
    '{"__proto__":{"features":{"enable_observability":true}}}',
    '{"features":{"__proto__":{"enable_observability":true,"enable_crash_uploader":true}}}',
    '{"constructor":{"prototype":{"features":{"enable_observability":true}}}}',
    '{"features":{"constructor":{"prototype":{"enable_observability":true}}}}',
  ])('turns nothing on and pollutes nothing: %s', (text) => {
    expect(readAll(text)).toMatchObject({ status: 'read', flags: OFF });
    expect('enable_observability' in {}).toBe(false);
    expect('features' in {}).toBe(false);
  });

  it('does the same as TOML', () => {
    const text =
      '[__proto__.features]\nenable_observability = true\n[features.__proto__]\nenable_observability = true';
    expect(readAll(text, 'acme.toml')?.flags).toEqual(OFF);
    expect('enable_observability' in {}).toBe(false);
  });

  it('of another package, which has polluted every object, turns nothing on either', () => {
    const polluted = { features: { enable_observability: true }, ...ALL_ON };
    try {
      for (const [name, value] of Object.entries(polluted))
        Object.defineProperty(Object.prototype, name, { value, configurable: true });
      expect([readAll('{}'), readAll('{"features":{}}')].map((file) => file?.flags)).toEqual([OFF, OFF]);
    } finally {
      for (const name of Object.keys(polluted)) Reflect.deleteProperty(Object.prototype, name);
    }
  });

  const KEYS = ['features', '__proto__', 'constructor', 'toString', 'telemetry', ...Object.keys(OFF)];
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(true, false, null, 1, 'true', ''),
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(fc.oneof(fc.constantFrom(...KEYS), fc.string()), tie('tree'), { maxKeys: 6 }),
    ),
  }));

  it('never throws, and turns on only what its own keys say is true', () => {
    const place = write('{}');
    fc.assert(
      fc.property(tree, (content) => {
        const text = JSON.stringify(content);
        writeFileSync(place.path, text);
        const file = readFlagsFile([place]);
        const isTable = typeof content === 'object' && content !== null && !Array.isArray(content);
        expect(file?.status).toBe(isTable ? 'read' : 'unreadable');
        const members = new Map(Object.entries(isTable ? (JSON.parse(text) as object) : {}));
        const block: unknown = members.get('features');
        const isBlock = typeof block === 'object' && block !== null && !Array.isArray(block);
        const flags = new Map<string, unknown>(Object.entries(isBlock ? block : {}));
        const said = flags.get(
          flags.has('enable_observability') ? 'enable_observability' : 'enable_privacy_telemetry',
        );
        expect(file?.flags).toEqual({
          enable_observability: said === true,
          enable_privacy_telemetry: said === true,
          enable_crash_uploader: flags.get('enable_crash_uploader') === true,
        });
        expect(Object.keys(OFF).filter((name) => name in {})).toEqual([]);
      }),
    );
  });

  it('never throws for any text, and leaves the file as it is', () => {
    const places = [write('{}'), write('', 'acme.toml')];
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.constantFrom(...places),
        (text, place) => {
          writeFileSync(place.path, text);
          expect(readFlagsFile([place])?.flags).toEqual(OFF);
          expect(readFileSync(place.path, 'utf8')).toBe(text);
        },
      ),
      { numRuns: 200 },
    );
  });

  it.each([
    ['acme.json', '{"features":', 5_000],
    ['acme.json', '[', 65_000],
    ['acme.json', '{"features":{"enable_observability":"', 1_700],
    ['acme.toml', '[features.', 6_000],
    ['acme.toml', 'features={', 6_000],
  ])('is answered in time: a %s full of %j', (name, piece, times) => {
    const place = write(piece.repeat(times), name);
    const startMs = performance.now();
    expect(readFlagsFile([place])).toMatchObject({ status: 'unreadable', flags: OFF });
    expect(performance.now() - startMs).toBeLessThan(1_000);
  });
});
