import { execFileSync } from 'node:child_process';
import { chmodSync, lchownSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toFileLayers } from '../../../src/settings/file-layers.js';
import { type ConfigPlace, readConfigFiles } from '../../../src/settings/index.js';
import { createDirectory, giveAway, withoutSpecialRights } from '../../support/directories.js';
import { placeAt, resolve, warningsOf } from './support.js';

const isLoaded = () =>
  Object.keys(createRequire(import.meta.url).cache).some((path) => path.includes('node_modules/smol-toml/'));

/** A new file, and its place. */
function write(content: string | Buffer, name = 'telemetry.json', kind: ConfigPlace['kind'] = 'user') {
  const path = join(createDirectory(), name);
  writeFileSync(path, content);
  return placeAt(kind, path);
}

const readOne = (place: ConfigPlace) => readConfigFiles([place])[0];

const heard = (place: ConfigPlace) =>
  toFileLayers(readConfigFiles([place]), { prefix: 'ACME', isGiven: false });

// Stands first: the parser stays loaded once a test needed it.
it('loads the parser of TOML only when there is such a file', () => {
  const directory = createDirectory();
  readConfigFiles([write('{}'), placeAt('user', join(directory, 'telemetry.toml'))]);
  expect(isLoaded()).toBe(false);
  expect(readOne(write('dry_run = true', 'telemetry.toml'))).toMatchObject({ status: 'read' });
  expect(isLoaded()).toBe(true);
});

it('gives nothing for places where nothing is', () => {
  const directory = createDirectory();
  writeFileSync(join(directory, 'file'), '');
  const paths = [
    join(directory, 'none.json'),
    join(directory, 'file', 'telemetry.json'),
    join(directory, 'x'.repeat(5_000)),
  ];
  expect(readConfigFiles(paths.map((path) => placeAt('user', path)))).toEqual([]);
  expect(readConfigFiles(paths.map((path) => placeAt('marker', path)))).toEqual([]);
});

it('keeps the order of the places', () => {
  const places = [write('{}'), write('', 'telemetry.toml'), write('{}')];
  expect(readConfigFiles(places).map(({ path }) => path)).toEqual(places.map(({ path }) => path));
});

it.each([
  ['UTF-8 with a byte order mark', Buffer.from('\uFEFF{"dry_run": true}', 'utf8'), 'telemetry.json'],
  ['the UTF-16 of a Windows shell', Buffer.from('\uFEFF{"dry_run": true}\r\n', 'utf16le'), 'telemetry.json'],
  ['the same in TOML', Buffer.from('\uFEFFdry_run = true\r\n', 'utf16le'), 'telemetry.toml'],
])('understands %s', (_encoding, bytes, name) => {
  const entries = [{ key: 'dry_run', value: true, line: 1 }];
  expect(readOne(write(bytes, name))).toMatchObject({ status: 'read', trust: 'full', entries });
});

it('follows a link to a file', () => {
  const { path } = write('{"dry_run": true}');
  const link = join(createDirectory(), 'telemetry.json');
  symlinkSync(path, link);
  expect(readOne(placeAt('machine', link))).toMatchObject({ status: 'read', path: link });
});

it('reads the block alone of a file of the app', () => {
  const place = write('{"disable_telemetry": true, "telemetry": {"dry_run": true}}', 'acme.json', 'app');
  expect(heard(place).map(({ layer, kind }) => `${layer} ${kind}`)).toEqual(['app_config local']);
});

describe('a file that cannot be understood', () => {
  it.each([
    ['nothing', '', 'telemetry.json'],
    ['a list', '[]', 'telemetry.json'],
    ['null', 'null', 'telemetry.json'],
    ['half of it', '{"telemetry_enabled": tr', 'telemetry.json'],
    ['comments', '{} // ours', 'telemetry.json'],
    ['no TOML', 'dry_run: true', 'telemetry.toml'],
    ['more than 64 KB', `{}${' '.repeat(65_535)}`, 'telemetry.json'],
    ['bytes', Buffer.from([0, 255, 254, 1]), 'telemetry.json'],
  ])('because it holds %s is an off, and listed', (_what, content, name) => {
    const place = write(content, name);
    const format = name.endsWith('toml') ? 'TOML' : 'JSON';
    expect(heard(place)).toEqual([
      {
        kind: 'off',
        about: 'telemetry',
        layer: 'file_unreadable',
        source: place.path,
        fix: `Make ${place.path} a readable file of valid ${format}, at most 64 KB, or remove it.`,
      },
    ]);
    expect(warningsOf(resolve({}, {}, readConfigFiles([place])))).toEqual([`FILE_UNREADABLE ${place.path}`]);
  });

  it('is one of 64 KB and a byte, not one of 64 KB', () => {
    expect(readOne(write(`{}${' '.repeat(65_534)}`))).toMatchObject({ status: 'read' });
  });

  it('may be a directory', () => {
    const place = placeAt('user', createDirectory());
    expect(readOne(place)).toMatchObject({ status: 'unreadable' });
  });

  it.skipIf(process.platform === 'win32')('may be a pipe, for which nobody waits', () => {
    const path = join(createDirectory(), 'telemetry.json');
    execFileSync('mkfifo', [path]);
    expect(readOne(placeAt('user', path))).toMatchObject({ status: 'unreadable' });
  });

  it.runIf(process.platform === 'linux')('may be an endless one', () => {
    const path = join(createDirectory(), 'telemetry.json');
    symlinkSync('/proc/self/pagemap', path);
    expect(readOne(placeAt('user', path))).toMatchObject({ status: 'unreadable' });
  });

  it('may be a link to itself', () => {
    const path = join(createDirectory(), 'telemetry.json');
    symlinkSync(path, path);
    expect(readOne(placeAt('user', path))).toMatchObject({ status: 'unreadable' });
  });

  it.skipIf(process.platform === 'win32')('may be one that nobody may read', () => {
    const place = write('{}');
    giveAway(join(place.path, '..'));
    chmodSync(place.path, 0o000);
    expect(withoutSpecialRights(() => readOne(place))).toMatchObject({ status: 'unreadable' });
  });
});

describe.skipIf(process.platform === 'win32')('where nobody may look', () => {
  it.each(['user', 'marker'] as const)('a %s may say no, so it is an off', (kind) => {
    const directory = join(createDirectory(), 'closed');
    mkdirSync(directory);
    const place = placeAt(kind, join(directory, 'telemetry.json'));
    giveAway(join(directory, '..'));
    giveAway(directory);
    chmodSync(directory, 0o000);
    const files = withoutSpecialRights(() => readConfigFiles([place]));
    chmodSync(directory, 0o700);
    expect(files).toEqual([{ status: 'hidden', path: place.path }]);
    expect(toFileLayers(files, { prefix: 'ACME', isGiven: false })).toMatchObject([
      {
        kind: 'off',
        layer: 'file_unreadable',
        fix: `Give this program the right to look for ${place.path}.`,
      },
    ]);
    expect(warningsOf(resolve({}, {}, files))).toEqual([`FILE_UNREADABLE ${place.path}`]);
  });
});

describe('a marker', () => {
  const OFF = { kind: 'off', about: 'telemetry', layer: 'marker_file' };
  const path = () => join(createDirectory(), '.acme-no-telemetry');

  it.each([
    ['an empty file', (at: string) => writeFileSync(at, '')],
    ['a file that says otherwise', (at: string) => writeFileSync(at, 'telemetry_enabled = true')],
    ['a directory', (at: string) => mkdirSync(at)],
    ['a link that leads nowhere', (at: string) => symlinkSync('/none', at)],
  ])('is an off when it is %s', (_what, create) => {
    const place = placeAt('marker', path());
    create(place.path);
    expect(heard(place)).toEqual([{ ...OFF, source: place.path, fix: `Delete ${place.path}.` }]);
    expect(resolve({}, {}, readConfigFiles([place])).warnings).toEqual([]);
  });
});

describe.skipIf(process.platform === 'win32')('the file of a project', () => {
  const trustOf = (place: ConfigPlace) => {
    const file = readOne(place);
    return file?.status === 'read' ? file.trust : undefined;
  };

  it("is trusted further when it is the own user's", () => {
    expect(trustOf(write('{}', 'telemetry.json', 'project'))).toBe('given');
  });

  it.runIf(process.getuid?.() === 0)('only ever narrows when it belongs to another user', () => {
    const place = write('{}', 'telemetry.json', 'project');
    giveAway(place.path);
    expect(trustOf(place)).toBe('narrows');
  });

  it.runIf(process.getuid?.() === 0)('only ever narrows when another user made the link to it', () => {
    const { path } = write('{}', 'telemetry.json', 'project');
    const link = join(createDirectory(), 'telemetry.json');
    symlinkSync(path, link);
    expect(trustOf(placeAt('project', link))).toBe('given');
    lchownSync(link, 65_534, 65_534);
    expect(trustOf(placeAt('project', link))).toBe('narrows');
  });

  it.runIf(process.getuid?.() === 0)(
    'only ever narrows when another user made the link to its directory',
    () => {
      const { path } = write('{}', 'telemetry.json', 'project');
      const link = join(createDirectory(), '.acme');
      symlinkSync(dirname(path), link);
      expect(trustOf(placeAt('project', join(link, 'telemetry.json')))).toBe('given');
      lchownSync(link, 65_534, 65_534);
      expect(trustOf(placeAt('project', join(link, 'telemetry.json')))).toBe('narrows');
    },
  );
});
