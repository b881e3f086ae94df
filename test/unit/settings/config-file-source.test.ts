import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createConfigFileSource, findConfigPlaces } from '../../../src/settings/index.js';
import { createDirectory } from '../../support/directories.js';
import { toLines } from './support.js';

interface SourceOptions {
  readonly consent?: 'opt-in' | 'given';
  readonly umbrellaFlag?: boolean;
  /** Below the home directory. */
  readonly configFile?: string | undefined;
}

/** The source of an app in a home directory of its own, and how to write to that. */
function openSource({ consent = 'opt-in', umbrellaFlag = false, ...options }: SourceOptions = {}) {
  const home = createDirectory();
  const cwd = join(home, 'project');
  mkdirSync(cwd);
  const machine = { home, cwd, env: {}, platform: 'linux' } as const;
  const { configFile: named = umbrellaFlag ? undefined : 'acme.toml' } = options;
  const configFile = named === undefined ? {} : { configFile: join(home, named) };
  // What stands in /etc of this machine is no matter of these tests.
  const places = findConfigPlaces({ app: 'acme', umbrellaFlag, ...configFile }, machine).filter(
    ({ kind }) => kind !== 'machine',
  );
  const at = (path: string) => join(home, path);
  return {
    source: createConfigFileSource(places, { prefix: 'ACME', consent, umbrellaFlag }),
    at,
    write(path: string, content: string) {
      mkdirSync(dirname(at(path)), { recursive: true });
      writeFileSync(at(path), content);
    },
  };
}

it('says nothing where there are no files', () => {
  expect(openSource().source.read()).toEqual([]);
});

it.each([
  ['.config/acme/telemetry.json', '{\n  "disable_telemetry": true\n}', 'off', ':2 (disable_telemetry)'],
  ['.config/acme/telemetry.toml', '[telemetry]\ndry_run = true', 'local', ':2 (dry_run)'],
  ['.config/sotto/telemetry.toml', 'telemetry_enabled = false', 'off', ':1 (telemetry_enabled)'],
  ['project/.acme/telemetry.json', '{"dry_run": true}', 'local', ':1 (dry_run)'],
  ['project/.sotto/telemetry.toml', 'dry_run = true', 'local', ':1 (dry_run)'],
  ['.acme/telemetry.json', '{"dry_run": true}', 'local', ':1 (dry_run)'],
  ['acme.toml', 'dry_run = 1\n[telemetry]\ndry_run = true', 'local', ':3 (dry_run)'],
  ['.acme-no-telemetry', '', 'off', ''],
])('hears %s as soon as it is there, and no longer when it is gone', (path, content, kind, where) => {
  const { source, write, at } = openSource();
  const before = source.fingerprint();
  write(path, content);
  const between = source.fingerprint();
  expect(between).not.toBe(before);
  expect(toLines(source.read())).toEqual([`${kind} ~/${path}${where}`]);
  rmSync(at(path));
  expect(source.fingerprint()).not.toBe(between);
  expect(source.read()).toEqual([]);
});

it('hears all of them at once', () => {
  const { source, write } = openSource();
  write('.acme-no-telemetry', '');
  write('.config/acme/telemetry.json', '{"dry_run": true, "telemetry_enabled": true}');
  write('project/.sotto/telemetry.toml', 'disable_telemetry = true');
  expect(toLines(source.read())).toEqual([
    'local ~/.config/acme/telemetry.json:1 (dry_run)',
    'off ~/.acme-no-telemetry',
    'off ~/project/.sotto/telemetry.toml:1 (disable_telemetry)',
  ]);
});

it('counts a yes to a part of telemetry in the file of a project where consent is given', () => {
  for (const consent of ['opt-in', 'given'] as const) {
    const { source, write } = openSource({ consent });
    write('project/.acme/telemetry.toml', 'diagnostics_enabled = true');
    expect(source.read()).toHaveLength(consent === 'given' ? 1 : 0);
  }
});

describe('the flags of the app', () => {
  const UMBRELLA = 'off features.enable_observability in';
  const CRASH = 'off features.enable_crash_uploader in';
  const FILE = '.config/acme/acme.json';

  it('are heard only where the maker says that they count', () => {
    expect(openSource().source.read()).toEqual([]);
    expect(toLines(openSource({ umbrellaFlag: true }).source.read())).toEqual([
      `${CRASH} ~/${FILE} (about crashReporting)`,
      `${UMBRELLA} ~/${FILE}`,
    ]);
  });

  it.each([
    ['{}', [CRASH, UMBRELLA]],
    ['{"features":{"enable_observability":true}}', [CRASH]],
    ['{"features":{"enable_privacy_telemetry":true}}', [CRASH]],
    ['{"features":{"enable_privacy_telemetry":true,"enable_observability":false}}', [CRASH, UMBRELLA]],
    ['{"features":{"enable_crash_uploader":true}}', [UMBRELLA]],
    ['{"features":{"enable_observability":true,"enable_crash_uploader":true}}', []],
    ['{"features":{"enable_observability":"true","enable_crash_uploader":1}}', [CRASH, UMBRELLA]],
  ])('are off as long as %s does not turn them on, also when it goes', (content, expected) => {
    const { source, write, at } = openSource({ umbrellaFlag: true });
    const before = source.fingerprint();
    write(FILE, content);
    expect(source.fingerprint()).not.toBe(before);
    const heard = toLines(source.read());
    expect(heard.map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual(expected);
    rmSync(at(FILE));
    expect(source.fingerprint()).toBe(before);
    expect(source.read()).toHaveLength(2);
  });

  it('are no yes to anything', () => {
    const { source, write } = openSource({ umbrellaFlag: true, consent: 'given' });
    write(FILE, '{"features":{"enable_observability":true,"enable_crash_uploader":true}}');
    expect(source.read()).toEqual([]);
  });

  it('are read from TOML too, and beside a word on consent in the same file', () => {
    const { source, write } = openSource({ umbrellaFlag: true, configFile: 'acme.toml' });
    write('acme.toml', '[features]\nenable_observability = true\n[telemetry]\ndry_run = true');
    expect(toLines(source.read())).toEqual([
      'local ~/acme.toml:4 (dry_run)',
      `${CRASH} ~/acme.toml (about crashReporting)`,
    ]);
  });

  it('come with a fix for what stands there', () => {
    const { source, write } = openSource({ umbrellaFlag: true });
    const fixOf = (layer: string) => source.read().find((said) => said.layer === layer)?.fix;
    expect(fixOf('umbrella_flag')).toBe(`Set features.enable_observability to true in ~/${FILE}.`);
    expect(fixOf('crash_flag')).toBe(`Set features.enable_crash_uploader to true in ~/${FILE}.`);
    write(FILE, '{"features":');
    expect(fixOf('umbrella_flag')).toBe(
      `Make ~/${FILE} a readable file of valid JSON, at most 64 KB, that says features.enable_observability once, and true.`,
    );
  });

  it('are off where there is no place for the file, with a fix that names one', () => {
    const machine = { home: '', cwd: undefined, env: {}, platform: 'linux' } as const;
    const places = findConfigPlaces({ app: 'acme', umbrellaFlag: true }, machine);
    const settings = { prefix: 'ACME', consent: 'opt-in', umbrellaFlag: true } as const;
    const flags = createConfigFileSource(
      places.filter(({ kind }) => kind !== 'machine'),
      settings,
    ).read();
    expect(flags).toEqual([
      {
        kind: 'off',
        about: 'telemetry',
        layer: 'umbrella_flag',
        source: 'features.enable_observability',
        fix: 'Name a config file with the option configFile: this user has no directory for one.',
      },
      expect.objectContaining({ about: 'crashReporting', layer: 'crash_flag' }),
    ]);
  });
});

describe('the fingerprint', () => {
  const PATH = '.config/acme/telemetry.json';

  it('stays while nothing changes', () => {
    const { source, write } = openSource();
    write(PATH, '{}');
    expect(source.fingerprint()).toBe(source.fingerprint());
  });

  it.each<[string, (path: string) => void]>([
    ['is written anew', (path) => writeFileSync(path, '{"dry_run": true}')],
    [
      'is replaced by one of the same size',
      (path) => {
        writeFileSync(`${path}.new`, '[]');
        renameSync(`${path}.new`, path);
      },
    ],
    ['becomes unreadable', (path) => chmodSync(path, 0o000)],
    [
      'becomes a directory',
      (path) => {
        rmSync(path);
        mkdirSync(path);
      },
    ],
    [
      'becomes a link to itself',
      (path) => {
        rmSync(path);
        symlinkSync(path, path);
      },
    ],
  ])('changes when a file %s', (_what, change) => {
    const { source, write, at } = openSource();
    write(PATH, '{}');
    const before = source.fingerprint();
    change(at(PATH));
    expect(source.fingerprint()).not.toBe(before);
  });

  it('changes when what a link leads to does', () => {
    const { source, write, at } = openSource();
    write('elsewhere.json', '{}');
    mkdirSync(dirname(at(PATH)), { recursive: true });
    symlinkSync(at('elsewhere.json'), at(PATH));
    const before = source.fingerprint();
    write('elsewhere.json', '{"dry_run": true}');
    expect(source.fingerprint()).not.toBe(before);
    expect(source.read()).toHaveLength(1);
  });
});
